import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Finding } from '../../check/finding.ts';
import { fault, ok } from '../../check/finding.ts';

export interface Door {
  readonly transport: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  /** The setting that moves it. */
  readonly setting: string;
}

/** Whether we could listen there; `isUp`: the server runs, so that it should be the one that does. */
export async function doorFinding(door: Door, isUp: boolean): Promise<Finding> {
  const { transport, host, port, setting } = door;
  const what = `Port ${port}/${transport}`;
  const code = await (transport === 'tcp' ? tryTcp(host, port) : tryUdp(host, port));
  if (code === undefined)
    return isUp
      ? fault(what, 'nobody listens there, though the server runs', `See its log, and ${setting}.`)
      : ok(what, 'free');
  if (code === 'EADDRINUSE')
    return isUp
      ? ok(what, 'taken, as it should be while the server runs')
      : fault(what, 'taken by something else', `Stop what uses it, or set ${setting}.`);
  if (code === 'EACCES') return fault(what, 'needs more rights', `Set ${setting} to 1024 or more.`);
  return fault(what, `${host} is no address of this machine`, 'Set the address that it has.');
}

/** The code of what is in the way; `undefined`: nothing. */
function tryTcp(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

function tryUdp(host: string, port: number): Promise<string | undefined> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      socket.close();
      resolve(code ?? 'unknown');
    });
    socket.bind({ address: host, port, exclusive: true }, () =>
      socket.close(() => resolve(undefined)),
    );
  });
}
