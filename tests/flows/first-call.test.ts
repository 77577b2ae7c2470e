import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { BROWSER_RATE_HZ, Chromium } from '../support/chromium.ts';
import { ConsolePage, personRow } from '../support/console-page.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import type { Product } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';

const ANNA_HZ = 440;
const BERT_HZ = 900;
const CARLA_HZ = 1600;
const TONES = [ANNA_HZ, BERT_HZ, CARLA_HZ];
/** What was said before a click is still in jitter buffers and recordings. */
const SOUND_UNDER_WAY = { timeout: 15_000 };

/** Two desk phones and a browser in one room, seen and ruled from the console. */
const PEERS = has('baresip') && has('chromium');

describe.skipIf(!PEERS).each(ENGINES)('the first call on $engine', (engine) => {
  let stage: Stage;
  let product: Product;
  let meeting: MeetingView;
  let anna: Baresip;
  let bert: Baresip;
  let carlasBrowser: Chromium;
  let carla: SoftphonePage;
  let adminsBrowser: Chromium;
  let console_: ConsolePage;

  const annaHears = async (): Promise<number[]> => heard(await anna.hear(1000), anna.rateHz, TONES);
  const bertHears = async (): Promise<number[]> => heard(await bert.hear(1000), bert.rateHz, TONES);
  const carlaHears = async (): Promise<number[]> =>
    heard(await carla.hear(1000), BROWSER_RATE_HZ, TONES);

  beforeAll(async () => {
    [stage, anna, bert, adminsBrowser, carlasBrowser] = await Promise.all([
      engine.start(),
      Baresip.start({ user: 'anna', name: 'Anna', codec: 'PCMU', toneHz: ANNA_HZ }),
      Baresip.start({ user: 'bert', name: 'Bert', codec: 'G722', toneHz: BERT_HZ }),
      Chromium.start(),
      Chromium.start(CARLA_HZ),
    ]);
    product = stage.product;
    meeting = await product.createMeeting();
    const address = `sip:${meeting.codes.join}@${product.sip}`;
    await Promise.all([anna.dial(address), bert.dial(address)]);
    [console_, carla] = await Promise.all([
      ConsolePage.open(adminsBrowser, product, meeting),
      SoftphonePage.join(carlasBrowser, meeting.joinUrl, 'Carla'),
    ]);
  }, 90_000);

  afterAll(async () => {
    await Promise.all([anna?.stop(), bert?.stop(), carlasBrowser?.stop(), adminsBrowser?.stop()]);
    await stage?.stop();
  });

  test('the console lists all three by name and shows who talks', { timeout: 30_000 }, async () => {
    for (const name of ['Anna', 'Bert', 'Carla']) await console_.shows(name, 'talking');
    expect(await console_.page.locator('li.person').count()).toBe(3);
  });

  test('each hears exactly the others', { timeout: 30_000 }, async () => {
    await expect
      .poll(() => Promise.all([annaHears(), bertHears(), carlaHears()]), SOUND_UNDER_WAY)
      .toEqual([
        [BERT_HZ, CARLA_HZ],
        [ANNA_HZ, CARLA_HZ],
        [ANNA_HZ, BERT_HZ],
      ]);
  });

  test(
    'a click on mute silences one for all, and every screen says so',
    { timeout: 40_000 },
    async () => {
      await console_.mute('Anna');
      await console_.shows('Anna', 'muted');
      await personRow(carla.page, 'Anna').locator('.state-muted').waitFor();
      await expect
        .poll(() => Promise.all([annaHears(), bertHears(), carlaHears()]), SOUND_UNDER_WAY)
        .toEqual([[BERT_HZ, CARLA_HZ], [CARLA_HZ], [BERT_HZ]]);
    },
  );

  test('unmute brings the tone back', { timeout: 40_000 }, async () => {
    await console_.unmute('Anna');
    await console_.shows('Anna', 'talking');
    await expect
      .poll(() => Promise.all([bertHears(), carlaHears()]), SOUND_UNDER_WAY)
      .toEqual([
        [ANNA_HZ, CARLA_HZ],
        [ANNA_HZ, BERT_HZ],
      ]);
  });

  test('muting the browser works alike', { timeout: 40_000 }, async () => {
    await console_.mute('Carla');
    await console_.shows('Carla', 'muted');
    await expect
      .poll(() => Promise.all([annaHears(), bertHears()]), SOUND_UNDER_WAY)
      .toEqual([[BERT_HZ], [ANNA_HZ]]);
    await console_.unmute('Carla');
    await console_.shows('Carla', 'talking');
  });

  test(
    'a click on remove ends the call with BYE and the row goes',
    { timeout: 40_000 },
    async () => {
      await console_.remove('Bert');
      await bert.waitFor('CALL_CLOSED');
      await console_.gone('Bert', 15_000);
      await expect.poll(annaHears, SOUND_UNDER_WAY).toEqual([CARLA_HZ]);
    },
  );

  test('an unplugged phone leaves the list within 15 seconds', { timeout: 40_000 }, async () => {
    await anna.unplug();
    await console_.gone('Anna', 15_000);
  });

  test(
    'the console tells which browser she calls with, its codec and how it sounds, as the API does',
    { timeout: 40_000 },
    () => showsWhatIsTold({ product, meeting, console_ }, 'Carla'),
  );

  test('a killed tab leaves the list within 15 seconds', { timeout: 40_000 }, async () => {
    await carlasBrowser.crash(carla.page);
    await console_.gone('Carla', 15_000);
    await eventually(
      'the room is empty',
      async () => (await product.participants(meeting)).length === 0,
    );
  });
});

interface Seen {
  readonly product: Product;
  readonly meeting: MeetingView;
  readonly console_: ConsolePage;
}

/** Of somebody in a browser. */
async function showsWhatIsTold(seen: Seen, who: string): Promise<void> {
  const { product, meeting, console_ } = seen;
  const told = async () => (await product.participants(meeting)).find(({ name }) => name === who);
  await eventually('the sound is measured', async () => (await told())?.quality, 30_000);
  expect((await told())?.codec).toBe('opus/48000');
  expect((await told())?.device).toMatch(/^Partyline softphone \(.*Linux\)$/);
  const differences = async () => {
    const { device, quality } = (await told()) ?? {};
    const { Device, Codec, Sound = '', ...more } = await console_.factsOf(who);
    return {
      device: Device === device ? '' : Device,
      codec: Codec,
      sound: Sound.includes(quality?.mos.toFixed(1) ?? 'none') ? '' : Sound,
      loss: more['Packets lost'] === `${quality?.lossPercent.toFixed(1)} %` ? '' : more,
    };
  };
  await expect
    .poll(differences, { timeout: 10_000 })
    .toEqual({ device: '', codec: 'opus, 48 kHz', sound: '', loss: '' });
}
