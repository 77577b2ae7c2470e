import { spawnSync } from 'node:child_process';

/** The server's and the outside's address on the cable between them. */
export const SERVER_IP = '10.213.0.1';
export const OUTSIDE_IP = '10.213.0.2';

/** Making networks takes root, `ip` and `nft`. */
export const canMakeNetworks =
  process.getuid?.() === 0 &&
  ['ip', 'nft'].every((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0) &&
  spawnSync('ip', ['netns', 'list']).status === 0;

/** Two machines and a cable: network namespaces of this kernel, one with a firewall. */
export class Network {
  readonly #server = `partyline-server-${process.pid}`;
  readonly #outside = `partyline-outside-${process.pid}`;

  constructor() {
    const cable = `pl${process.pid}`;
    for (const name of [this.#server, this.#outside]) run('ip', 'netns', 'add', name);
    const ends = [`${cable}s`, `${cable}o`] as const;
    run('ip', 'link', 'add', ends[0], 'type', 'veth', 'peer', 'name', ends[1]);
    this.#plug(this.#server, ends[0], SERVER_IP);
    this.#plug(this.#outside, ends[1], OUTSIDE_IP);
  }

  /** Loads a file of rules on the server; throws with what nft says against it. */
  load(rules: string): void {
    run('ip', 'netns', 'exec', this.#server, 'nft', '-f', rules);
  }

  /** The command line that runs `command` on one of the two. */
  on(machine: 'server' | 'outside', ...command: string[]): readonly [string, readonly string[]] {
    const name = machine === 'server' ? this.#server : this.#outside;
    return ['ip', ['netns', 'exec', name, ...command]];
  }

  remove(): void {
    for (const name of [this.#server, this.#outside]) spawnSync('ip', ['netns', 'del', name]);
  }

  #plug(name: string, end: string, address: string): void {
    run('ip', 'link', 'set', end, 'netns', name);
    run('ip', '-n', name, 'addr', 'add', `${address}/24`, 'dev', end);
    for (const link of [end, 'lo']) run('ip', '-n', name, 'link', 'set', link, 'up');
  }
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
