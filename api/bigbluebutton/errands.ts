import type { Log } from '../../protocol/log.ts';

/** Work that nobody waits for: where it fails that is told, and before the store is closed it is done. */
export class Errands {
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** `onFailure` may see to it that it is tried again. Resolves in either case. */
  run(
    what: string,
    work: () => Promise<void>,
    onFailure: () => void = () => undefined,
  ): Promise<void> {
    const running = work()
      .catch((error: unknown) => {
        this.#log('warn', `${what} failed`, { why: String(error) });
        onFailure();
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  async done(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
