import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/** drachtio-server on this machine, where DRACHTIO_BIN or PATH has one. */
export const DRACHTIO_BIN =
  process.env.DRACHTIO_BIN ??
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'drachtio'))
    .find((path) => existsSync(path));

export interface RealDrachtio {
  readonly port: number;
  readonly sipPort: number;
  readonly wsPort: number;
  readonly secret: string;
  stop(): Promise<void>;
}

/** A drachtio-server of its own on the loopback. */
export async function startRealDrachtio(secret: string): Promise<RealDrachtio> {
  if (DRACHTIO_BIN === undefined) throw new Error('no drachtio-server on this machine');
  const folder = await mkdtemp(join(tmpdir(), 'drachtio-'));
  const [port, sipPort, wsPort] = [await freePort(), await freePort(), await freePort()];
  const file = join(folder, 'drachtio.conf.xml');
  await writeFile(file, configuration({ port, sipPort, wsPort, secret }));
  const child = spawn(DRACHTIO_BIN, ['-f', file], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  await eventually('drachtio listens', () => listens(port));
  return {
    port,
    sipPort,
    wsPort,
    secret,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(at: { port: number; sipPort: number; wsPort: number; secret: string }) {
  return `<drachtio>
  <admin port="${at.port}" secret="${at.secret}">127.0.0.1</admin>
  <sip>
    <contacts>
      <contact>sip:127.0.0.1:${at.sipPort};transport=udp,tcp</contact>
      <contact>sip:127.0.0.1:${at.wsPort};transport=ws</contact>
    </contacts>
  </sip>
  <logging><loglevel>error</loglevel><sofia-loglevel>1</sofia-loglevel></logging>
</drachtio>
`;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Not yet: eventually() asks again.
    return false;
  } finally {
    socket.destroy();
  }
}
