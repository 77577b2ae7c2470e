import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import type { Baresip } from '../support/baresip.ts';
import { Chromium } from '../support/chromium.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { Phones } from '../support/phones.ts';
import { TelephonePage } from '../support/telephone-page.ts';

const ANNA_HZ = 440;
const BERT_HZ = 900;
const CARLA_HZ = 1500;
const TONES = [ANNA_HZ, BERT_HZ, CARLA_HZ];
const LONG = { timeout: 60_000 };
const SETTLED = { timeout: 10_000 };
const PEERS = has('baresip') && has('chromium');

/** Carla's telephone is a browser; Anna and Bert have desk phones. */
describe.skipIf(!PEERS).each(ENGINES)('a telephone in the browser on $engine', (engine) => {
  const phones = new Phones();
  let stage: Stage;
  let anna: Baresip;
  let bert: Baresip;
  let browser: Chromium;
  let carla: TelephonePage;

  async function phone(user: string, extension: string, toneHz: number): Promise<Baresip> {
    const { product } = stage;
    const name = user[0]?.toUpperCase() + user.slice(1);
    const made = await product.api<AccountView>('POST', '/accounts', { username: user, name });
    await product.api('PATCH', `/accounts/${user}`, { extension });
    const account = { server: product.sip, password: made.password ?? '' };
    const started = await phones.start({ user, name, codec: 'PCMU', toneHz, account });
    await started.registered();
    return started;
  }

  const settles = (who: Baresip, tones: readonly number[]) =>
    expect.poll(async () => heard(await who.hear(1000), who.rateHz, TONES), SETTLED).toEqual(tones);
  const carlaHears = (tones: readonly number[]) =>
    expect.poll(() => carla.hears(TONES), SETTLED).toEqual(tones);

  beforeAll(async () => {
    [stage, browser] = await Promise.all([engine.start(), Chromium.start(CARLA_HZ)]);
    [anna, bert, carla] = await Promise.all([
      phone('anna', '21', ANNA_HZ),
      phone('bert', '22', BERT_HZ),
      TelephonePage.open(browser, stage.product, 'carla'),
    ]);
  }, 90_000);

  afterAll(async () => {
    await Promise.all([phones.stopAll(), browser?.stop()]);
    await stage?.stop();
  });

  test('a desk phone calls it; held it is silent; it transfers to another', LONG, async () => {
    anna.ring(`sip:201@${stage.product.sip}`);
    await carla.shows('Calls you');
    await anna.waitFor('CALL_RINGING');
    await carla.press('Answer');
    await anna.waitFor('CALL_ESTABLISHED');
    await Promise.all([carlaHears([ANNA_HZ]), settles(anna, [CARLA_HZ])]);
    await carla.press('Hold');
    await carla.shows('On hold');
    await expect
      .poll(async () => heard(await anna.hear(1000), anna.rateHz, TONES), SETTLED)
      .not.toContain(CARLA_HZ);
    await carla.press('Resume');
    await Promise.all([carlaHears([ANNA_HZ]), settles(anna, [CARLA_HZ])]);
    await carla.press('Transfer');
    await carla.page.getByLabel('Name or number').first().fill('Bert');
    await carla.page.getByRole('button', { name: 'Transfer' }).last().click();
    await bert.answer();
    await Promise.all([settles(anna, [BERT_HZ]), settles(bert, [ANNA_HZ])]);
    anna.hangUp();
    await bert.waitFor('CALL_CLOSED');
  });

  test(
    'it calls by name, is declined, and a second call waits and is connected',
    LONG,
    async () => {
      await carla.dial('Anna');
      await anna.answer();
      await carlaHears([ANNA_HZ]);
      await carla.dial('22');
      await bert.answer();
      await carlaHears([BERT_HZ]);
      await carla.press(/^Connect with Anna/);
      await Promise.all([settles(anna, [BERT_HZ]), settles(bert, [ANNA_HZ])]);
      anna.hangUp();
      await bert.waitFor('CALL_CLOSED');
      await carla.dial('Bert');
      await bert.waitFor('CALL_INCOMING');
      bert.hangUp();
      await carla.shows(/Busy\.|declined/);
    },
  );
});
