import type { SipProtocolError } from '../../protocol/sip/errors.ts';
import type { SipMessage } from '../../protocol/sip/message.ts';
import type { Destination, Flow } from './endpoint.ts';

/** What a transport tells the endpoint above it. */
export interface WireListener {
  onMessage(message: SipMessage, flow: Flow): void;
  /** What came could not be read; `fatal` where the connection ends for it, after an answer. */
  onMalformed(error: SipProtocolError, flow: Flow, fatal: boolean): void;
  /** A connection ended. */
  onClosed(flow: Flow): void;
  /** A peer was turned away or given up on, in words for the log. */
  onRefused(reason: string, address: string): void;
}

/** One transport: datagrams or connections, in and out. */
export interface Wire {
  readonly port: number;
  readonly connections: number;
  /**
   * Sends one message. Gives the connection it goes out on, where there is one. `onError` is called
   * later, at most once, when it is known that the message did not leave.
   */
  send(text: string, to: Destination, onError: () => void): number | undefined;
  close(): Promise<void>;
}

/** Hands out connection numbers, which are never used twice in an endpoint's life. */
export type NextConnection = () => number;

/** The longest queue of bytes to a peer that does not read, before its connection is cut. */
export const MAX_QUEUED_BYTES = 1_048_576;

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= 65_535;
}

/** The error of a listening socket, in words that say what to change. */
export function listenError(error: NodeJS.ErrnoException, where: string): Error {
  const why =
    error.code === 'EADDRINUSE'
      ? 'the port is taken by another program'
      : error.code === 'EADDRNOTAVAIL'
        ? 'this machine does not have that address'
        : error.code === 'EACCES'
          ? 'no permission for that port'
          : error.message;
  const told = new Error(`SIP cannot listen on ${where}: ${why} (${error.code ?? 'unknown'})`);
  return Object.assign(told, { code: error.code, cause: error });
}
