import { spawnSync } from 'node:child_process';

/** The server's address on the cable, and those that the machine at its other end has by turns. */
export const HOME_IP = '10.214.0.1';
const ROAMING_IPS = ['10.214.0.2', '10.214.0.3'] as const;

/** A machine at the end of a cable of its own, for a browser: the cable goes dead, or its address changes. */
export class RoamingMachine {
  readonly #name = `partyline-roaming-${process.pid}`;
  readonly #home = `plh${process.pid}`;
  readonly #away = `pla${process.pid}`;
  readonly #table = `partyline_cut_${process.pid}`;
  #at = 0;

  constructor() {
    run('ip', 'netns', 'add', this.#name);
    run('ip', 'link', 'add', this.#home, 'type', 'veth', 'peer', 'name', this.#away);
    run('ip', 'link', 'set', this.#away, 'netns', this.#name);
    run('ip', 'addr', 'add', `${HOME_IP}/24`, 'dev', this.#home);
    run('ip', 'link', 'set', this.#home, 'up');
    run('ip', '-n', this.#name, 'addr', 'add', `${ROAMING_IPS[0]}/24`, 'dev', this.#away);
    for (const link of [this.#away, 'lo']) run('ip', '-n', this.#name, 'link', 'set', link, 'up');
  }

  /** What runs a program there: words to go before its own. */
  get prefix(): string {
    return `ip netns exec ${this.#name}`;
  }

  /** Nothing crosses any more and nobody is told, as behind a router that lost its line. */
  cut(): void {
    const hook = (device: string) =>
      `table netdev ${this.#table} { chain in { type filter hook ingress device ${device} priority 0; policy drop; };\n}`;
    run('nft', hook(this.#home));
    run('ip', 'netns', 'exec', this.#name, 'nft', hook(this.#away));
  }

  mend(): void {
    run('nft', 'delete', 'table', 'netdev', this.#table);
    run('ip', 'netns', 'exec', this.#name, 'nft', 'delete', 'table', 'netdev', this.#table);
  }

  /** The old address is gone and another one is there, as from one network to the next. */
  roam(): void {
    const old = ROAMING_IPS[this.#at] ?? ROAMING_IPS[0];
    this.#at = (this.#at + 1) % ROAMING_IPS.length;
    const next = ROAMING_IPS[this.#at] ?? ROAMING_IPS[0];
    run('ip', '-n', this.#name, 'addr', 'del', `${old}/24`, 'dev', this.#away);
    run('ip', '-n', this.#name, 'addr', 'add', `${next}/24`, 'dev', this.#away);
  }

  remove(): void {
    spawnSync('nft', ['delete', 'table', 'netdev', this.#table]);
    spawnSync('ip', ['link', 'del', this.#home]);
    spawnSync('ip', ['netns', 'del', this.#name]);
  }
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
