/** A reader that lets so much pile up is not reading. */
export const MOST_UNSENT_BYTES = 1024 * 1024;
/** Of what is past, no more than so much waits for a reader at a time. */
export const UNHURRIED_BYTES = 128 * 1024;

/** A reader's connection. */
export interface Line {
  readonly isOpen: boolean;
  /** Sends one message; it leaves with the others of its turn. One that does not read is let go. */
  send(bytes: Buffer, seq: number): void;
  /** Resolves once most of what was sent has left, or the line is closed. */
  drained(): Promise<void>;
  /** By a code of RFC 6455 section 7.4; where the line has none, it ends. */
  close(code: number, reason: string): void;
  /** Without a word: nobody is there. */
  drop(): void;
  onceClosed(listener: () => void): void;
}
