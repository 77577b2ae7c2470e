import type { JoinParts } from './join.ts';
import { Join } from './join.ts';
import type { SwitchAddress } from './switches.ts';

/** The calls that are up or begin, each with the switch that it is at. */
export class Joins {
  readonly #joins = new Map<Join, SwitchAddress>();
  #accepting = true;
  #onIdle: () => void = () => undefined;

  get size(): number {
    return this.#joins.size;
  }

  get accepting(): boolean {
    return this.#accepting;
  }

  begin(node: SwitchAddress, parts: Omit<JoinParts, 'onEnd'>): void {
    const join = new Join({ ...parts, onEnd: () => this.#onEnd(join) });
    this.#joins.set(join, node);
    join.start();
  }

  /** Takes no more; resolves when the last call has ended. */
  runOut(): Promise<void> {
    this.#accepting = false;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      if (this.#joins.size === 0) resolve();
    });
  }

  endAll(): void {
    this.#accepting = false;
    for (const join of [...this.#joins.keys()]) join.end();
  }

  endAt({ host, port }: SwitchAddress): void {
    for (const [join, at] of [...this.#joins]) if (at.host === host && at.port === port) join.end();
  }

  /** Ends the calls of one WebSocket. */
  endFrom({ address, port }: { readonly address: string; readonly port: number }): void {
    for (const join of [...this.#joins.keys()]) {
      const { source } = join;
      const isFrom = source.address === address && source.port === port;
      if (source.transport === 'ws' && isFrom) join.end();
    }
  }

  #onEnd(join: Join): void {
    this.#joins.delete(join);
    if (!this.#accepting && this.#joins.size === 0) this.#onIdle();
  }
}
