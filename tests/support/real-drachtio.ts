import { join } from 'node:path';
import { realServer } from '../runner/engines.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';

const CONFIGURATION = join(import.meta.dirname, '../../drachtio-conf/drachtio.conf.xml');

/** drachtio-server on this machine, where DRACHTIO_BIN or PATH has one. */
export const DRACHTIO_BIN = realServer('DRACHTIO_BIN', 'drachtio') || undefined;

const TRIES = 5;

/** Where a drachtio-server is to be; free ports where it does not matter. */
export interface DrachtioPorts {
  readonly port: number;
  readonly sipPort: number;
  readonly wsPort: number;
}

export interface RealDrachtio extends DrachtioPorts {
  readonly secret: string;
  /** What DRACHTIO is to be. */
  readonly setting: string;
  stop(): Promise<void>;
}

/** A drachtio-server of its own on the loopback, on our configuration. */
export async function startRealDrachtio(
  secret: string,
  wanted: Partial<DrachtioPorts> = {},
): Promise<RealDrachtio> {
  if (DRACHTIO_BIN === undefined) throw new Error('no drachtio-server on this machine');
  for (let tries = 1; ; tries += 1) {
    const ports = await chosen(wanted);
    const child = new Child(DRACHTIO_BIN, command(ports), {
      ...process.env,
      DRACHTIO_SECRET: secret,
    });
    try {
      // It opens the gateway's door before it takes calls.
      await child.prints(/Starting sofia event loop/);
      return {
        ...ports,
        secret,
        setting: setting(ports, secret),
        stop: () => child.kill('SIGKILL'),
      };
    } catch (error) {
      // Where a port was taken meanwhile it ends without a word and with status 0.
      if (!child.ended || tries === TRIES) throw error;
    }
  }
}

async function chosen({ port, sipPort, wsPort }: Partial<DrachtioPorts>): Promise<DrachtioPorts> {
  return {
    port: port ?? (await freePort()),
    sipPort: sipPort ?? (await freePort()),
    wsPort: wsPort ?? (await freePort()),
  };
}

function command({ port, sipPort, wsPort }: DrachtioPorts): string[] {
  return [
    ...['-f', CONFIGURATION, '--port', `${port}`],
    ...['--contact', `sip:127.0.0.1:${sipPort};transport=udp,tcp`],
    ...['--contact', `sip:127.0.0.1:${wsPort};transport=ws`],
  ];
}

function setting({ port, wsPort }: DrachtioPorts, secret: string): string {
  return `drachtio://:${encodeURIComponent(secret)}@127.0.0.1:${port}?ws=127.0.0.1:${wsPort}`;
}
