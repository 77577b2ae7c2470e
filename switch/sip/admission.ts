import { isLoopback } from '../../protocol/loopback.ts';

/** Counts connections, in all and by address, against their limits. */
export class Admission {
  readonly #inAll: number;
  readonly #perAddress: number;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: { readonly connections: number; readonly connectionsPerAddress: number }) {
    this.#inAll = limits.connections;
    this.#perAddress = limits.connectionsPerAddress;
  }

  /** Takes a connection in, or says no. Whoever is let in must `leave`. */
  enter(address: string): boolean {
    const here = this.#byAddress.get(address) ?? 0;
    if (this.#total >= this.#inAll) return false;
    if (here >= this.#perAddress && !isLoopback(address)) return false;
    this.#byAddress.set(address, here + 1);
    this.#total += 1;
    return true;
  }

  leave(address: string): void {
    const here = this.#byAddress.get(address) ?? 0;
    if (here <= 1) this.#byAddress.delete(address);
    else this.#byAddress.set(address, here - 1);
    this.#total -= 1;
  }
}
