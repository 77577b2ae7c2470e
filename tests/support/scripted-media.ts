import type { Media, MediaCommand, MediaEvent } from '../../switch/media/contract.ts';

/** How the scripted worker behaves when it is not told otherwise. */
export interface MediaScript {
  /** Answers offers and updates at once; true when absent. */
  readonly answers?: boolean;
}

export const SDP_ANSWER =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n';

/** A media worker that plays by the contract but has no sound: a test says what happens. */
export class ScriptedMedia implements Media {
  readonly commands: MediaCommand[] = [];
  readonly #script: MediaScript;
  readonly #listeners: ((event: MediaEvent) => void)[] = [];

  constructor(script: MediaScript = {}) {
    this.#script = script;
  }

  command(command: MediaCommand): void {
    this.commands.push(command);
    const reply = this.#script.answers === false ? undefined : replyTo(command);
    if (reply !== undefined) queueMicrotask(() => this.emit(reply));
  }

  subscribe(listener: (event: MediaEvent) => void): void {
    this.#listeners.push(listener);
  }

  emit(event: MediaEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** Every command of one kind so far. */
  all<K extends MediaCommand['kind']>(kind: K): Extract<MediaCommand, { kind: K }>[] {
    return this.commands.filter(
      (each): each is Extract<MediaCommand, { kind: K }> => each.kind === kind,
    );
  }

  /** The latest command of one kind. */
  last<K extends MediaCommand['kind']>(kind: K): Extract<MediaCommand, { kind: K }> | undefined {
    return this.all(kind).at(-1);
  }
}

/** What a worker that can do everything answers. */
export function replyTo(command: MediaCommand): MediaEvent | undefined {
  switch (command.kind) {
    case 'answer-leg':
    case 'update-leg':
      return {
        kind: 'leg-answered',
        leg: command.leg,
        answer: SDP_ANSWER,
        codec: 'PCMU',
        clockRateHz: 8000,
        heldByPeer: command.offer.includes('a=sendonly') || command.offer.includes('a=inactive'),
      };
    case 'offer-leg':
      return { kind: 'leg-offered', leg: command.leg, offer: SDP_ANSWER };
    case 'start-recording':
      return { kind: 'recording-started', room: command.room, path: command.path };
    case 'stop-recording':
      return {
        kind: 'recording-stopped',
        room: command.room,
        path: command.path,
        samples: 16_000,
        sampleRateHz: 8000,
      };
    default:
      return undefined;
  }
}
