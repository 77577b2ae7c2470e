import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import type { Baresip } from '../support/baresip.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { Phones } from '../support/phones.ts';

const ANNA_HZ = 440;
const BERT_HZ = 900;
const CARLA_HZ = 1500;
const TONES = [ANNA_HZ, BERT_HZ, CARLA_HZ];
const LONG = { timeout: 60_000 };

/** Desk phones of one house call each other; no meeting is there. */
describe.skipIf(!has('baresip')).each(ENGINES)('calls between desk phones on $engine', (engine) => {
  const phones = new Phones();
  let stage: Stage;
  let anna: Baresip;
  let bert: Baresip;
  let carla: Baresip;

  async function phone(user: string, extension: string, toneHz: number): Promise<Baresip> {
    const { product } = stage;
    const name = user[0]?.toUpperCase() + user.slice(1);
    const { password = '' } = await product.api<AccountView>('POST', '/accounts', {
      ...{ username: user, name },
    });
    await product.api('PATCH', `/accounts/${user}`, { extension });
    const account = { server: product.sip, password };
    const started = await phones.start({ user, name, codec: 'PCMU', toneHz, account });
    await started.registered();
    return started;
  }

  const hears = async (who: Baresip) => heard(await who.hear(1000), who.rateHz, TONES);
  const settles = async (who: Baresip, tones: readonly number[]) =>
    expect.poll(() => hears(who), { timeout: 10_000 }).toEqual(tones);

  beforeAll(async () => {
    stage = await engine.start();
    [anna, bert, carla] = await Promise.all([
      phone('anna', '21', ANNA_HZ),
      phone('bert', '22', BERT_HZ),
      phone('carla', '23', CARLA_HZ),
    ]);
  }, 90_000);

  afterAll(async () => {
    await phones.stopAll();
    await stage?.stop();
  });

  test('one rings, is shown who calls, answers, and both hear each other', LONG, async () => {
    anna.ring(`sip:22@${stage.product.sip}`);
    await anna.waitFor('CALL_RINGING');
    await bert.answer();
    await anna.waitFor('CALL_ESTABLISHED');
    await Promise.all([settles(anna, [BERT_HZ]), settles(bert, [ANNA_HZ])]);
    expect(bert.printed).toMatch(/Anna.*sip:21@/s);
    expect(await stage.product.api('GET', '/meetings')).toEqual([]);
    anna.hold();
    await expect.poll(() => hears(bert), { timeout: 10_000 }).not.toContain(ANNA_HZ);
    anna.resume();
    await settles(bert, [ANNA_HZ]);
    anna.transfer(`sip:23@${stage.product.sip}`);
    await carla.answer();
    await anna.waitFor('CALL_CLOSED');
    await Promise.all([settles(bert, [CARLA_HZ]), settles(carla, [BERT_HZ])]);
    bert.hangUp();
    await carla.waitFor('CALL_CLOSED');
  });

  test(
    'a phone that declines, one that is not there and a wrong extension say so',
    LONG,
    async () => {
      anna.ring(`sip:22@${stage.product.sip}`);
      await bert.waitFor('CALL_INCOMING');
      bert.hangUp();
      expect(await anna.waitFor('CALL_CLOSED')).toMatch(/603|486/);
      await stage.product.api('POST', '/accounts', { username: 'dora', name: 'Dora' });
      anna.ring(`sip:dora@${stage.product.sip}`);
      expect(await anna.waitFor('CALL_CLOSED')).toMatch(/480/);
      anna.ring(`sip:29@${stage.product.sip}`);
      expect(await anna.waitFor('CALL_CLOSED')).toMatch(/404/);
    },
  );
});
