/** Which client gets which new request: those that asked for its method, in turn. */
export class Routes<Client> {
  readonly #takers = new Map<string, Client[]>();
  readonly #turns = new Map<string, number>();

  /** Asking twice changes nothing. `method` in lower case. */
  add(client: Client, method: string): void {
    const takers = this.#takers.get(method) ?? [];
    if (!takers.includes(client)) this.#takers.set(method, [...takers, client]);
  }

  remove(client: Client, method: string): void {
    this.#keep(method, (other) => other !== client);
  }

  /** The client is gone, with all it asked for. */
  drop(client: Client): void {
    for (const method of [...this.#takers.keys()]) this.remove(client, method);
  }

  pick(method: string): Client | undefined {
    const key = method.toLowerCase();
    const takers = this.#takers.get(key) ?? [];
    if (takers.length === 0) return undefined;
    const turn = (this.#turns.get(key) ?? 0) % takers.length;
    this.#turns.set(key, turn + 1);
    return takers[turn];
  }

  #keep(method: string, wanted: (client: Client) => boolean): void {
    const left = (this.#takers.get(method) ?? []).filter(wanted);
    if (left.length > 0) this.#takers.set(method, left);
    else this.#takers.delete(method);
  }
}
