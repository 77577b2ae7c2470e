import { join } from 'node:path';
import { bundled } from './bundled.ts';
import { Child } from './child.ts';
import type { EmbeddedEngine } from './embedded-engine.ts';
import { freePort } from './free-port.ts';
import { RealFreeswitch } from './freeswitch.ts';
import { DRACHTIO_BIN, startRealDrachtio, type RealDrachtio } from './real-drachtio.ts';

/** An engine in a process of its own, which may die without a word and come back. */
export interface Mortal {
  die(): Promise<void>;
  /** Another process at the same addresses; resolves when it answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface MortalFreeswitch extends Mortal {
  readonly eslPort: number;
  readonly sipPort: number;
  readonly password: string;
}

export interface MortalDrachtio extends Mortal {
  readonly port: number;
  readonly sipPort: number;
  readonly wsPort: number;
  readonly secret: string;
}

export interface Pair {
  readonly pair: string;
  readonly real: boolean;
  /** `first` of its ports for audio, where it is the embedded one. */
  freeswitch(first?: number): Promise<MortalFreeswitch>;
  drachtio(): Promise<MortalDrachtio>;
}

const PASSWORD = 'an-event-socket-password-for-tests-only';
const SECRET = 'a-drachtio-secret-for-tests-only';
const PROGRAM = join(import.meta.dirname, 'embedded-engine.ts');

async function embedded<E extends EmbeddedEngine>(engine: E): Promise<E & Mortal> {
  const begin = async (): Promise<Child> => {
    const child = new Child(process.execPath, [await bundled(PROGRAM), JSON.stringify(engine)]);
    await child.prints(/takes calls/, 30_000);
    return child;
  };
  let child = await begin();
  const die = (): Promise<void> => child.kill('SIGKILL');
  const restart = async (): Promise<void> => {
    child = await begin();
  };
  return { ...engine, die, restart, stop: die };
}

/** `first` of its 3000 ports for audio: two of them on one machine must not share any. */
export async function embeddedFreeswitch(first = 36_000): Promise<MortalFreeswitch> {
  const [eslPort, sipPort] = [await freePort(), await freePort()];
  const rtpPorts = { first, last: first + 2_999 };
  return embedded({ kind: 'freeswitch', eslPort, sipPort, password: PASSWORD, rtpPorts });
}

export async function embeddedDrachtio(): Promise<MortalDrachtio> {
  const [port, sipPort, wsPort] = [await freePort(), await freePort(), await freePort()];
  return embedded({ kind: 'drachtio', port, sipPort, wsPort, secret: SECRET });
}

async function realDrachtio(): Promise<MortalDrachtio> {
  let running: RealDrachtio = await startRealDrachtio(SECRET);
  const { port, sipPort, wsPort, secret } = running;
  const die = (): Promise<void> => running.stop();
  const restart = async (): Promise<void> => {
    running = await startRealDrachtio(SECRET, { port, sipPort, wsPort });
  };
  return { port, sipPort, wsPort, secret, die, restart, stop: die };
}

const HAS_FREESWITCH = RealFreeswitch.program() !== '';

/** The pairs that this machine has, each engine of them a process that can be killed. */
export const PAIRS: readonly Pair[] = [
  {
    pair: 'the embedded pair',
    real: false,
    freeswitch: embeddedFreeswitch,
    drachtio: embeddedDrachtio,
  },
  ...(HAS_FREESWITCH
    ? [
        {
          pair: 'a real FreeSWITCH and the embedded drachtio',
          real: true,
          freeswitch: () => RealFreeswitch.start(),
          drachtio: embeddedDrachtio,
        },
      ]
    : []),
  ...(HAS_FREESWITCH && DRACHTIO_BIN !== undefined
    ? [
        {
          pair: 'a real FreeSWITCH and drachtio-server',
          real: true,
          freeswitch: () => RealFreeswitch.start(),
          drachtio: realDrachtio,
        },
      ]
    : []),
];
