import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BanView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { Phones } from '../support/phones.ts';
import type { PersonView, Product } from '../support/product.ts';
import { SipCaller } from '../support/sip-caller.ts';

const DESK_HZ = 1040;
const LONG = { timeout: 60_000, concurrent: true };

type AtTheEnd = (undo: () => Promise<void>) => void;

/** Who waits before a meeting, who lets them in, and who stays out. */
describe.skipIf(!has('baresip')).each(ENGINES)('at the doors on $engine', (engine) => {
  let stage: Stage;
  let product: Product;
  beforeAll(async () => {
    stage = await engine.start();
    product = stage.product;
  }, 90_000);

  afterAll(() => stage?.stop());

  /** How one test takes up a phone. */
  const desks = (atTheEnd: AtTheEnd) => {
    const phones = new Phones();
    atTheEnd(() => phones.stopAll());
    return (user: string) => phones.start({ user, codec: 'PCMU', toneHz: DESK_HZ });
  };
  const statusFor = async (user: string, dialled: string): Promise<number> => {
    const caller = await SipCaller.open({ server: product.sip, user });
    const { status } = await caller.call(dialled);
    caller.close();
    return status;
  };
  const only = (state: PersonView['state']) => (list: readonly PersonView[]) =>
    list.length === 1 && list[0]?.state === state;

  test(
    'a caller waits in the lobby until a program lets them in',
    LONG,
    async ({ onTestFinished }) => {
      const desk = desks(onTestFinished);
      const meeting = await product.createMeeting({ name: 'With a lobby', lobby: true });
      await (await desk('guest')).dial(`sip:${meeting.codes.join}@${product.sip}`);
      const [waiting] = await product.participantsWhen(meeting, 'one in the lobby', only('lobby'));
      expect(await product.api('GET', `/meetings/${meeting.id}`)).toMatchObject({
        participants: 0,
      });
      const row = `/meetings/${meeting.id}/participants/${waiting?.id}`;
      await product.api('PATCH', row, { admitted: true });
      const [inside] = await product.participantsWhen(meeting, 'one inside', only('joined'));
      expect(inside?.id).toBe(waiting?.id);
    },
  );

  test(
    'a caller waits for the moderator, who opens the meeting by coming',
    LONG,
    async ({ onTestFinished }) => {
      const desk = desks(onTestFinished);
      const startsAt = new Date(Date.now() + 3_600_000).toISOString();
      const meeting = await product.createMeeting({ name: 'Later', startsAt });
      await (await desk('early')).dial(`sip:${meeting.codes.join}@${product.sip}`);
      await (await desk('chair')).dial(`sip:${meeting.codes.moderator}@${product.sip}`);
      const people = await product.participantsWhen(
        meeting,
        'both inside',
        (list) => list.length === 2 && list.every(({ state }) => state === 'joined'),
      );
      expect(people.map(({ role }) => role).sort()).toEqual(['moderator', 'participant']);
      expect(await product.api('GET', `/meetings/${meeting.id}`)).toMatchObject({ state: 'open' });
    },
  );

  test(
    'who is banned is hung up and stays out, until the ban is lifted',
    LONG,
    async ({ onTestFinished }) => {
      const desk = desks(onTestFinished);
      const meeting = await product.createMeeting({ name: 'Not for everybody' });
      const path = `/meetings/${meeting.id}`;
      const banned = await desk('mallory');
      await banned.dial(`sip:${meeting.codes.join}@${product.sip}`);
      const [row] = await product.participantsWhen(meeting, 'one inside', only('joined'));
      await product.api('DELETE', `${path}/participants/${row?.id}?ban=true`);
      await banned.waitFor('CALL_CLOSED');

      expect(await statusFor('mallory', meeting.codes.join)).toBe(603);
      const other = await desk('grace');
      await other.dial(`sip:${meeting.codes.join}@${product.sip}`);
      await product.participantsWhen(meeting, 'another inside', only('joined'));

      const [ban] = await product.api<BanView[]>('GET', `${path}/bans`);
      await product.api('DELETE', `${path}/bans/${ban?.id}`);
      const forgiven = await desk('mallory');
      await forgiven.dial(`sip:${meeting.codes.join}@${product.sip}`);
      const inside = await eventually('two inside', async () => {
        const list = await product.participants(meeting);
        return list.length === 2 ? list : undefined;
      });
      expect(inside.every(({ state }) => state === 'joined')).toBe(true);
    },
  );
});
