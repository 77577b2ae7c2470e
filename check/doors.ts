import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An address of this machine's, and whether a port there takes connections. */
export interface Door {
  readonly address: string;
  readonly open: boolean;
}

const PATIENCE_MS = 1_000;

export function isLoopback(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|::1|\[::1\]|localhost)$/.test(host);
}

/** Where else on this machine `port` is open. Empty where `host` is another machine. */
export async function doorsOf(host: string, port: number): Promise<readonly Door[]> {
  if (!isLoopback(host)) return [];
  const addresses = Object.values(networkInterfaces())
    .flatMap((all = []) => all)
    .filter(({ internal, scopeid }) => !internal && (scopeid ?? 0) === 0)
    .map(({ address }) => address);
  return Promise.all(
    addresses.map(async (address) => ({ address, open: await isOpen(address, port) })),
  );
}

function isOpen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: PATIENCE_MS });
    const finish = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => finish(true));
    // Refused, no way there, or nobody answers: shut.
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}

/** The address of this machine from which `host` sees us; undefined where there is no way to it. */
export async function addressTowards(host: string): Promise<string | undefined> {
  const bare = host.replace(/^\[|\]$/g, '');
  const socket = createSocket(bare.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.connect(9, bare);
    await once(socket, 'connect');
    return socket.address().address;
  } catch {
    // No way there: the report says that nothing answers.
    return undefined;
  } finally {
    socket.close();
  }
}
