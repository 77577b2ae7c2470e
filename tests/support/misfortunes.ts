import { setTimeout as wait } from 'node:timers/promises';
import type { RoamingMachine } from './roaming.ts';
import { SoftphonePage } from './softphone-page.ts';
import type { Survivor } from './survivor.ts';

/** What may befall somebody in a call: does it, and resolves with the time when the world is whole again. */
export type Misfortune = (survivor: Survivor) => Promise<number>;

/** She presses F5. */
export const reload: Misfortune = async ({ carla }) => {
  const atMs = Date.now();
  await carla.page.reload({ waitUntil: 'commit' });
  return atMs;
};

/** The tab dies; she opens the link again and goes back in. */
export const crash: Misfortune = async (survivor) => {
  const { browser, carla, meeting } = survivor;
  await browser.crash(carla.page);
  await carla.page.close();
  const atMs = Date.now();
  survivor.carla = await SoftphonePage.goBack(browser, meeting.joinUrl);
  return atMs;
};

/** No packet crosses for so long, and nobody is told. */
export function offline(machine: RoamingMachine, ms: number): Misfortune {
  return async () => {
    machine.cut();
    await wait(ms);
    machine.mend();
    return Date.now();
  };
}

/** From one network to the next: another address. */
export function roam(machine: RoamingMachine): Misfortune {
  return () => {
    machine.roam();
    return Promise.resolve(Date.now());
  };
}

/** The lid is closed for so long. */
export function sleep(ms: number): Misfortune {
  return async ({ browser }) => {
    browser.sleep();
    await wait(ms);
    browser.wake();
    return Date.now();
  };
}

/** The whole program is asked to stop, or killed, and started anew; the others dial anew too. */
export function restart(how: 'SIGTERM' | 'SIGKILL'): Misfortune {
  return async (survivor) => {
    const { product } = survivor;
    if (how === 'SIGTERM') await product.terminate();
    else await product.die();
    const next = await product.rise();
    const readyAtMs = Date.now();
    await survivor.redial(next);
    return readyAtMs;
  };
}
