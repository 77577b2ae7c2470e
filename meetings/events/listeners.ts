import type { Log } from '../../protocol/log.ts';
import type { LoggedEvent } from './event-log.ts';

/** Who is told of what was appended. */
export class Listeners {
  readonly #listeners = new Set<(event: LoggedEvent) => void>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  add(listener: (event: LoggedEvent) => void): () => void {
    // One of its own, so that somebody who listens twice stops once.
    const own = (event: LoggedEvent): void => listener(event);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** A listener that fails must not look like a write that failed. */
  tell(events: readonly LoggedEvent[]): void {
    for (const event of events)
      for (const listener of this.#listeners)
        try {
          listener(event);
        } catch (error) {
          const why = error instanceof Error ? error.stack : String(error);
          this.#log('error', 'a listener of the event log failed', { kind: event.note.kind, why });
        }
  }
}
