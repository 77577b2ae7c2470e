import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import {
  crash,
  offline,
  reload,
  restart,
  roam,
  sleep,
  type Misfortune,
} from '../support/misfortunes.ts';
import { canMakeNetworks } from '../support/network.ts';
import { Product } from '../support/product.ts';
import { HOME_IP, RoamingMachine } from '../support/roaming.ts';
import { Survivor, type Survival } from '../support/survivor.ts';
import { percentile } from './percentile.ts';

interface SurvivalFigure {
  readonly runs: number;
  readonly heardP50: number;
  readonly heardP95: number;
  readonly hearsP50: number;
  readonly hearsP95: number;
  /** As many rows as she ever had at once. */
  readonly mostRows: number;
}

type Figures = Readonly<Record<string, SurvivalFigure | string>>;

/** `SURVIVE_RUNS`, `SURVIVE_ONLY` (names, by commas) and `SURVIVE_ENGINE` make it shorter. */
const ENGINE = process.env.SURVIVE_ENGINE;
const RUNS = Number(process.env.SURVIVE_RUNS ?? 5);
const ONLY = process.env.SURVIVE_ONLY?.split(',');
const OFFLINE_MS = 5_000;
const SLEEP_MS = 20_000;
/** Misfortunes seldom come within a second of each other. */
const SETTLE_MS = 3_000;

/** Seconds, once the world is whole again, until somebody in a browser is heard and hears. Takes root. */
export async function survive(): Promise<{ embedded: Figures; freeswitch?: Figures }> {
  if (!canMakeNetworks) throw new Error('this benchmark makes networks, which takes root');
  const machine = new RoamingMachine();
  try {
    const embedded = ENGINE === 'freeswitch' ? {} : await measured(machine, {});
    if (RealFreeswitch.program() === '' || ENGINE === 'embedded') return { embedded };
    const freeswitch = await RealFreeswitch.start({ environment: { PARTYLINE_MEDIA_IP: HOME_IP } });
    try {
      return {
        embedded,
        freeswitch: await measured(machine, { FREESWITCH: freeswitch.setting }),
      };
    } finally {
      await freeswitch.stop();
    }
  } finally {
    machine.remove();
  }
}

function misfortunes(machine: RoamingMachine): Readonly<Record<string, Misfortune>> {
  return {
    reload,
    crash,
    'offline 5 s': offline(machine, OFFLINE_MS),
    'another network': roam(machine),
    'sleep 20 s': sleep(SLEEP_MS),
    SIGTERM: restart('SIGTERM'),
    'kill -9': restart('SIGKILL'),
  };
}

async function measured(machine: RoamingMachine, settings: NodeJS.ProcessEnv): Promise<Figures> {
  const port = await freePort();
  const product = await Product.start({
    ...settings,
    ...{ HTTP_HOST: '0.0.0.0', HTTP_PORT: String(port), PUBLIC_URL: `http://${HOME_IP}:${port}` },
    ...{ SIP_HOST: '0.0.0.0', PUBLIC_IP: HOME_IP },
  });
  const survivor = await Survivor.start(product, machine);
  const figures: Record<string, SurvivalFigure | string> = {};
  for (const [name, misfortune] of Object.entries(misfortunes(machine))) {
    if (ONLY !== undefined && !ONLY.includes(name)) continue;
    figures[name] = await repeated(survivor, misfortune);
    console.error(name, figures[name]);
  }
  await survivor.stop();
  await survivor.product.stop();
  return figures;
}

async function repeated(
  survivor: Survivor,
  misfortune: Misfortune,
): Promise<SurvivalFigure | string> {
  const survivals: Survival[] = [];
  for (let run = 0; run < RUNS; run++) {
    await wait(SETTLE_MS);
    try {
      survivals.push(await survivor.through(() => misfortune(survivor)));
    } catch (error) {
      return `run ${run + 1} failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  const seconds = (of: (survival: Survival) => number, share: number): number =>
    Math.round(percentile(survivals.map(of), share) / 10) / 100;
  return {
    runs: RUNS,
    heardP50: seconds(({ heardMs }) => heardMs, 0.5),
    heardP95: seconds(({ heardMs }) => heardMs, 0.95),
    hearsP50: seconds(({ hearsMs }) => hearsMs, 0.5),
    hearsP95: seconds(({ hearsMs }) => hearsMs, 0.95),
    mostRows: Math.max(...survivals.map(({ mostRows }) => mostRows)),
  };
}
