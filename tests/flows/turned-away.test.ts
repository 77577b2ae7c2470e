import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { has } from '../runner/programs.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { Phones, statusOf } from '../support/phones.ts';
import type { Product } from '../support/product.ts';

const DESK_HZ = 1040;
const LONG = { timeout: 30_000, concurrent: true };

/** Who is not let in, and what their phone is told. */
describe.skipIf(!has('baresip')).each(ENGINES)('turned away on $engine', (engine) => {
  let stage: Stage;
  let product: Product;
  beforeAll(async () => {
    stage = await engine.start();
    product = stage.product;
  }, 90_000);

  afterAll(() => stage?.stop());

  const ownPhones = (atTheEnd: (undo: () => Promise<void>) => void): Phones => {
    const phones = new Phones();
    atTheEnd(() => phones.stopAll());
    return phones;
  };

  test('an unknown number and an unknown code are refused alike', async () => {
    expect(await statusOf(product, '4999')).toBe(404);
    expect(await statusOf(product, '0123456789')).toBe(404);
  });

  test('an extension needs an account', async () => {
    await product.createMeeting({ name: 'Inside only', extension: '4800' });
    expect(await statusOf(product, '4800')).toBe(404);
  });

  test('a full meeting answers busy', LONG, async ({ onTestFinished }) => {
    const phones = ownPhones(onTestFinished);
    const meeting = await product.createMeeting({ name: 'For two', maxParticipants: 2 });
    for (const user of ['first', 'second']) {
      const caller = await phones.start({ user, codec: 'PCMU', toneHz: DESK_HZ });
      await caller.dial(`sip:${meeting.codes.join}@${product.sip}`);
    }
    await product.participantsWhen(meeting, 'two are in', (list) => list.length === 2);
    expect(await statusOf(product, meeting.codes.join)).toBe(486);
  });

  test('an ended meeting hangs up everybody and takes nobody', LONG, async ({ onTestFinished }) => {
    const phones = ownPhones(onTestFinished);
    const meeting = await product.createMeeting({ name: 'Short one' });
    const caller = await phones.start({ user: 'late', codec: 'PCMU', toneHz: DESK_HZ });
    await caller.dial(`sip:${meeting.codes.join}@${product.sip}`);
    await product.api('POST', `/meetings/${meeting.id}/end`);
    await caller.waitFor('CALL_CLOSED');
    expect(await statusOf(product, meeting.codes.join)).toBe(404);
  });
});
