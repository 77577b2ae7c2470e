import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { has } from '../runner/programs.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { crash, offline, reload, restart, type Misfortune } from '../support/misfortunes.ts';
import { canMakeNetworks } from '../support/network.ts';
import { HOME_IP, RoamingMachine } from '../support/roaming.ts';
import { Survivor } from '../support/survivor.ts';

/** From when the world is whole again until both hear each other. */
const SOON_MS = 3_000;
/** A machine with two cores that does all of it at once. */
const BUSY_MS = 2_000;

describe.skipIf(!has('chromium')).each(ENGINES)('somebody in a browser, on $engine', (engine) => {
  let stage: Stage;
  let survivor: Survivor;
  let machine: RoamingMachine | undefined;

  beforeAll(async () => {
    machine = canMakeNetworks ? new RoamingMachine() : undefined;
    const port = await freePort();
    const away = {
      ...{ HTTP_HOST: '0.0.0.0', HTTP_PORT: `${port}`, PUBLIC_URL: `http://${HOME_IP}:${port}` },
      ...{ SIP_HOST: '0.0.0.0', PUBLIC_IP: HOME_IP },
    };
    stage = await engine.start(machine === undefined ? {} : away);
    survivor = await Survivor.start(stage.product, machine);
  }, 90_000);

  afterAll(async () => {
    await survivor?.stop();
    // The one that rose after the restart is not the stage's.
    if (survivor?.product !== stage?.product) await survivor?.product.stop();
    await stage?.stop();
    machine?.remove();
  });

  const isBackAfter = async (misfortune: Misfortune): Promise<void> => {
    const survival = await survivor.through(() => misfortune(survivor));
    console.log(survival);
    expect(survival.mostRows).toBe(1);
    expect(survival.heardMs).toBeLessThan(SOON_MS + BUSY_MS);
    expect(survival.hearsMs).toBeLessThan(SOON_MS + BUSY_MS);
  };

  test('is back after a reload without a click, once', { timeout: 40_000 }, () =>
    isBackAfter(reload),
  );

  test('is back after the tab died, with one click', { timeout: 40_000 }, () => isBackAfter(crash));

  test.skipIf(!canMakeNetworks)(
    'is back after five seconds without network',
    { timeout: 40_000 },
    () => isBackAfter(offline(machine as RoamingMachine, 5_000)),
  );

  test(
    'whom a moderator muted is muted after a reload from the first sample on, with the hand up',
    { timeout: 40_000 },
    async () => {
      const { product, meeting, rows, ear } = survivor;
      const [row] = rows.rows;
      const path = `/meetings/${meeting.id}/participants/${row?.id}`;
      await product.api('PATCH', path, { muted: true });
      await product.api('PATCH', path, { hand: true });
      await product.participantsWhen(meeting, 'she is muted', (people) =>
        people.some(({ name, muted, hand }) => name === 'Carla' && muted && hand),
      );
      const isSilent = (): boolean => !ear.hearing.on && Date.now() - ear.hearing.sinceMs > 400;
      await eventually('nobody hears her', isSilent);
      const heardBefore = ear.beginnings.length;
      await reload(survivor);
      const people = await product.participantsWhen(
        meeting,
        'she is back',
        (list) => list.some(({ name, id }) => name === 'Carla' && id !== row?.id),
        10_000,
      );
      const [carla] = people.filter(({ name }) => name === 'Carla');
      expect(carla).toMatchObject({ muted: true, hand: true });
      await eventually('she hears the others', async () => {
        const hearing = await survivor.hearing();
        return hearing?.on === true && Date.now() - hearing.sinceMs > 600;
      });
      expect(ear.beginnings.length).toBe(heardBefore);
      await product.api('PATCH', `/meetings/${meeting.id}/participants/${carla?.id}`, {
        muted: false,
      });
      await eventually('the others hear her again', () => ear.hearing.on);
    },
  );

  test('is back after the server was started anew', { timeout: 60_000 }, () =>
    isBackAfter(restart('SIGTERM')),
  );
});
