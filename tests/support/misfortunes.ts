import { setTimeout as wait } from 'node:timers/promises';
import type { RoamingMachine } from './roaming.ts';
import type { Survivor } from './survivor.ts';

/** What may befall somebody in a call: does it, and resolves with the time when the world is whole again. */
export type Misfortune = (survivor: Survivor) => Promise<number>;

/** She presses F5. */
export const reload: Misfortune = async ({ carla }) => {
  const atMs = Date.now();
  await carla.page.reload({ waitUntil: 'commit' });
  return atMs;
};

/** The tab dies; she has it loaded anew. */
export const crash: Misfortune = async ({ browser, carla }) => {
  await browser.crash(carla.page);
  const atMs = Date.now();
  await carla.page.reload({ waitUntil: 'commit' });
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
  return async () => {
    machine.roam();
    return Date.now();
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
