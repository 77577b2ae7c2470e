import type { LoggedEvent } from './event-log.ts';

type Place = readonly [meeting: string, seq: number];

/** Events that are in the journal and on their way to the files, and what goes from the files for them. */
export interface OnTheWay {
  readonly events: readonly LoggedEvent[];
  readonly gone: readonly Place[];
}

/** The end of every log that is not in the files yet. */
export class Tail {
  #events: readonly LoggedEvent[] = [];
  #gone: readonly Place[] = [];

  get all(): OnTheWay {
    return { events: this.#events, gone: this.#gone };
  }

  add({ events, gone }: OnTheWay): void {
    this.#events = [...this.#events, ...events];
    this.#gone = [...this.#gone, ...gone];
  }

  /** The files have these, which were all there was. */
  stored({ events, gone }: OnTheWay): void {
    this.#events = this.#events.slice(events.length);
    this.#gone = this.#gone.slice(gone.length);
  }

  /** Both numbers included. */
  between(meeting: string, from: number, to: number): readonly LoggedEvent[] {
    return this.#events.filter(
      (event) => event.meeting === meeting && event.seq >= from && event.seq <= to,
    );
  }
}
