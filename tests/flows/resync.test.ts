import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { agreement, type Told } from '../support/agreement.ts';
import { EslClient } from '../support/esl-client.ts';
import { eventually } from '../support/eventually.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { Product, type PersonView } from '../support/product.ts';
import { WIRED_ENGINES, wiredFreeswitch, type WiredStage } from '../support/switch-behind-wire.ts';
import { Talker } from '../support/talker.ts';

/** What the room looks like after trouble, with people coming and going meanwhile. */

const AGREE_WITHIN_MS = 12_000;

async function join(product: Product, meeting: MeetingView, ...names: string[]): Promise<Talker[]> {
  const talkers: Talker[] = [];
  for (const name of names) talkers.push(await Talker.dial(product.sip, meeting.codes.join, name));
  expect(talkers.map(({ status }) => status)).toEqual(names.map(() => 200));
  return talkers;
}

async function idOf(product: Product, meeting: MeetingView, name: string): Promise<string> {
  const people = await product.participantsWhen(meeting, `${name} is listed`, (list) =>
    list.some((person) => person.name === name),
  );
  return people.find((person) => person.name === name)?.id ?? '';
}

/** A wish that is kept where the switch cannot be told now. */
async function wish(
  product: Product,
  meeting: MeetingView,
  id: string,
  what: Partial<PersonView>,
): Promise<void> {
  await product
    .api('PATCH', `/meetings/${meeting.id}/participants/${id}`, what)
    .catch((error: unknown) => expect(String(error)).toMatch(/503/));
}

async function isReady(product: Product): Promise<boolean> {
  return (await fetch(`${product.url}/readyz`)).status === 200;
}

function said(told: readonly Told[], id: string): Told | undefined {
  return told.find((person) => person.id === id);
}

describe.each(WIRED_ENGINES)('trouble on the event socket of $engine', (wired) => {
  let stage: WiredStage;
  let product: Product;
  let esl: EslClient;

  beforeAll(async () => {
    stage = await wired.start();
    product = stage.product;
    esl = await stage.ask();
  }, 90_000);

  afterAll(async () => {
    esl?.close();
    await stage?.stop();
  });

  /** Everything at once while the bridge is blind; gives who is who. */
  async function bustle(meeting: MeetingView, [anna, bert, carl]: readonly string[], left: Talker) {
    left.hangUp();
    // Somebody else has a console at the switch.
    const memberOfCarl = await memberId(esl, meeting, carl ?? '');
    await esl.api(`conference ${meeting.id} mute ${memberOfCarl} quiet`);
    await esl.api(`conference ${meeting.id} deaf ${memberOfCarl} quiet`);
    const dora = Talker.dial(product.sip, meeting.codes.join, 'dora');
    await wish(product, meeting, anna ?? '', { muted: false });
    await wish(product, meeting, anna ?? '', { deaf: true });
    return { dora, gone: bert ?? '' };
  }

  async function scenario(trouble: () => Promise<void> | void, over: () => Promise<void>) {
    const meeting = await product.createMeeting();
    const talkers = await join(product, meeting, 'anna', 'bert', 'carl');
    const ids = await Promise.all(['anna', 'bert', 'carl'].map((n) => idOf(product, meeting, n)));
    const [anna = '', , carl = ''] = ids;
    await product.api('PATCH', `/meetings/${meeting.id}/participants/${anna}`, { muted: true });
    await product.participantsWhen(meeting, 'Anna is muted', (list) =>
      list.some(({ id, muted }) => id === anna && muted),
    );
    await trouble();
    const { dora, gone } = await bustle(meeting, ids, talkers[1] as Talker);
    await over();
    const doras = await dora;
    expect(doras.status).toBe(200);
    // Of Carl nobody here wished that he be deaf, so it stays; that he be heard is our wish.
    const wished = [anna, carl].map((id) => ({ id, muted: false, deaf: true }));
    await product.participantsWhen(
      meeting,
      'Anna, Carl and Dora, as wished',
      (list) =>
        isJust('anna', 'carl', 'dora')(list) &&
        wished.every(({ id }) => list.some((row) => row.id === id && !row.muted && row.deaf)),
    );
    const told = await agreement(product, meeting, esl, AGREE_WITHIN_MS);
    expect(said(told, gone)).toBeUndefined();
    for (const wanted of wished) expect(said(told, wanted.id)).toEqual(wanted);
    for (const talker of [...talkers, doras]) talker.hangUp();
    await agreement(product, meeting, esl, AGREE_WITHIN_MS);
    for (const talker of [...talkers, doras]) talker.close();
  }

  test('a connection that is cut: afterwards the list is FreeSWITCH’s', { timeout: 60_000 }, () =>
    scenario(
      () => stage.wire.cut(),
      async () => {
        await eventually('not ready', async () => !(await isReady(product)));
        stage.wire.mend();
        await eventually('ready again', () => isReady(product));
      },
    ),
  );

  test(
    'a connection that went dead without a word is noticed within 10 s',
    { timeout: 60_000 },
    () => {
      let frozenAt = 0;
      return scenario(
        () => {
          stage.wire.freeze();
          frozenAt = Date.now();
        },
        async () => {
          const leftMs = frozenAt + 10_000 - Date.now();
          await eventually('not ready', async () => !(await isReady(product)), leftMs);
          console.log(`half-open event socket noticed after ${Date.now() - frozenAt} ms`);
          stage.wire.mend();
          await eventually('ready again', () => isReady(product), 10_000);
        },
      );
    },
  );
});

async function memberId(esl: EslClient, meeting: MeetingView, leg: string): Promise<string> {
  const list = await esl.api(`conference ${meeting.id} list`);
  const line = list.split('\n').find((each) => each.includes(leg)) ?? '';
  return line.split(';')[0] ?? '';
}

describe.skipIf(RealFreeswitch.program() === '')('death around a real FreeSWITCH', () => {
  let freeswitch: RealFreeswitch;
  let stage: WiredStage;

  beforeAll(async () => {
    freeswitch = await RealFreeswitch.start();
    stage = await wiredFreeswitch(freeswitch);
  }, 90_000);

  afterAll(() => stage?.stop());

  test(
    'FreeSWITCH dies: phones hear BYE within 20 s, the room is empty, new calls work at once after',
    { timeout: 90_000 },
    async () => {
      const { product } = stage;
      const meeting = await product.createMeeting();
      const talkers = await join(product, meeting, 'anna', 'bert');
      await product.participantsWhen(meeting, 'two are in', (list) => list.length === 2);
      const diedAt = Date.now();
      await freeswitch.die();
      await eventually('BYE for both', () => talkers.every(({ byeAtMs }) => byeAtMs), 20_000);
      const byes = talkers.map(({ byeAtMs = 0 }) => byeAtMs - diedAt);
      await product.participantsWhen(meeting, 'nobody', (list) => list.length === 0, 2000);
      await freeswitch.restart();
      const back = Date.now();
      const [carl] = await callUntilTaken(product, meeting, 5000);
      console.log(
        `BYE after ${byes.join()} ms; call taken ${Date.now() - back} ms after the return`,
      );
      const esl = await stage.ask();
      await product.participantsWhen(meeting, 'one is in', (list) => list.length === 1);
      await agreement(product, meeting, esl, AGREE_WITHIN_MS);
      carl.hangUp();
      await agreement(product, meeting, esl, AGREE_WITHIN_MS);
      esl.close();
      for (const talker of [...talkers, carl]) talker.close();
    },
  );

  test(
    'FreeSWITCH dies and is back within seconds: phones still hear BYE',
    { timeout: 90_000 },
    async () => {
      const { product } = stage;
      const meeting = await product.createMeeting();
      const talkers = await join(product, meeting, 'anna', 'bert');
      await product.participantsWhen(meeting, 'two are in', (list) => list.length === 2);
      const diedAt = Date.now();
      await freeswitch.die();
      await freeswitch.restart();
      await eventually('BYE for both', () => talkers.every(({ byeAtMs }) => byeAtMs), 20_000);
      console.log(`quick restart: BYE after ${(talkers[0]?.byeAtMs ?? 0) - diedAt} ms`);
      await product.participantsWhen(meeting, 'nobody', (list) => list.length === 0, 2000);
      for (const talker of talkers) talker.close();
    },
  );
});

describe.skipIf(RealFreeswitch.program() === '')('death of our own process', () => {
  let freeswitch: RealFreeswitch;
  let product: Product;
  let esl: EslClient;

  beforeAll(async () => {
    freeswitch = await RealFreeswitch.start();
    product = await Product.start({ FREESWITCH: freeswitch.setting });
    esl = await EslClient.connect(freeswitch.eslPort, freeswitch.password);
  }, 90_000);

  afterAll(async () => {
    esl?.close();
    await product?.stop();
    await freeswitch?.stop();
  });

  test(
    'calls at a real FreeSWITCH end with BYE on both sides at the return, and nothing is left of them',
    { timeout: 120_000 },
    async () => {
      const meeting = await product.createMeeting();
      const [anna, bert, carl] = await join(product, meeting, 'anna', 'bert', 'carl');
      await product.participantsWhen(meeting, 'three', (list) => list.length === 3);
      const diedAt = Date.now();
      const restarting = product.killAndRestart();
      bert?.hangUp();
      product = await restarting;
      const readyAfter = Date.now() - diedAt;
      await eventually('BYE for both', () => anna?.byeAtMs && carl?.byeAtMs, 5000);
      const byeAfter = (anna?.byeAtMs ?? 0) - diedAt;
      await product.participantsWhen(meeting, 'nobody', isJust(), 5000);
      await agreement(product, meeting, esl, AGREE_WITHIN_MS);
      console.log(`ready after ${readyAfter} ms, BYE after ${byeAfter} ms`);
      const [dora] = await join(product, meeting, 'dora');
      await product.participantsWhen(meeting, 'Dora', isJust('dora'));
      await agreement(product, meeting, esl, AGREE_WITHIN_MS);
      dora?.hangUp();
      await agreement(product, meeting, esl, AGREE_WITHIN_MS);
      for (const talker of [anna, bert, carl, dora]) talker?.close();
    },
  );
});

function isJust(...names: readonly string[]): (people: readonly PersonView[]) => boolean {
  return (people) =>
    people
      .map(({ name }) => name)
      .sort()
      .join() === names.join();
}

async function callUntilTaken(
  product: Product,
  meeting: MeetingView,
  withinMs: number,
): Promise<readonly [Talker]> {
  const dial = async (): Promise<readonly [Talker] | undefined> => {
    const talker = await Talker.dial(product.sip, meeting.codes.join, 'carl');
    if (talker.status === 200) return [talker];
    expect(talker.status).toBe(503);
    talker.close();
    return undefined;
  };
  return eventually('a new call is taken', dial, withinMs);
}
