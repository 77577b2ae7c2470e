import { join } from 'node:path';
import { Child } from '../support/child.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';

const PASSWORD = 'a-password-for-benchmarks-0123456789';

/** A switch under load, in a process of its own. */
export interface BenchEngine {
  readonly name: string;
  readonly pid: number;
  readonly eslPort: number;
  readonly password: string;
  /** `host:port` */
  readonly sip: string;
  stop(): Promise<void>;
}

export async function startEmbedded(): Promise<BenchEngine> {
  const script = join(import.meta.dirname, 'embedded-switch.ts');
  const child = new Child(process.execPath, ['--import', 'tsx', script, PASSWORD]);
  const [, eslPort, sip = ''] = await child.prints(/ready (\d+) (\S+)/, 30_000);
  return {
    name: 'embedded',
    pid: child.process.pid ?? 0,
    eslPort: Number(eslPort),
    password: PASSWORD,
    sip,
    stop: () => child.kill('SIGTERM'),
  };
}

/** The real FreeSWITCH, where this machine has one. */
export async function startReal(): Promise<BenchEngine | undefined> {
  if (RealFreeswitch.program() === '') return undefined;
  const freeswitch = await RealFreeswitch.start();
  return {
    name: 'freeswitch',
    pid: freeswitch.pid ?? 0,
    eslPort: freeswitch.eslPort,
    password: freeswitch.password,
    sip: `127.0.0.1:${freeswitch.sipPort}`,
    stop: () => freeswitch.stop(),
  };
}

/** Runs `measure` on the embedded switch and, where there is one, on the real one after it. */
export async function onEachEngine<T>(
  measure: (engine: BenchEngine) => Promise<T>,
): Promise<{ embedded: T; freeswitch?: T }> {
  const embedded = await measured(await startEmbedded(), measure);
  const real = await startReal();
  return real === undefined
    ? { embedded }
    : { embedded, freeswitch: await measured(real, measure) };
}

async function measured<T>(
  engine: BenchEngine,
  measure: (engine: BenchEngine) => Promise<T>,
): Promise<T> {
  try {
    return await measure(engine);
  } finally {
    await engine.stop();
  }
}
