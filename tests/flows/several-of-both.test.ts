import { expect, onTestFinished, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { isLockedAt, membersAt } from '../support/conference-at.ts';
import { eventually } from '../support/eventually.ts';
import { lock } from '../support/locked.ts';
import { MovedPhone } from '../support/moved-phone.ts';
import type { PersonView, Product } from '../support/product.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { hasRedis } from '../support/redis-server.ts';
import { TwoProcesses } from '../support/two-processes.ts';

const CALLERS = 20;
const TALKER_HZ = 400;
const WITHIN_MS = 10_000;

/** Half of them call one process, half the other; the first speaks. */
async function crowd(both: readonly Product[], meeting: MeetingView): Promise<MovedPhone[]> {
  const phones: MovedPhone[] = [];
  for (let n = 0; n < CALLERS; n++) {
    const { sip } = both[n % both.length] as Product;
    const to = { port: Number(sip.split(':')[1]), uri: `sip:${meeting.codes.join}@${sip}` };
    phones.push(await MovedPhone.dial(`caller${n}`, to, n === 0 ? TALKER_HZ : undefined));
  }
  return phones;
}

const told = (people: readonly PersonView[]) =>
  people.map(({ id, name, muted, hand, joinedAt }) =>
    JSON.stringify({ id, name, muted, hand, joinedAt }),
  );

const KINDS = [
  { kind: 'embedded switches', open: undefined },
  ...(RealFreeswitch.program() === ''
    ? []
    : [{ kind: 'real FreeSWITCHes', open: () => RealFreeswitch.start() }]),
];

test.skipIf(!hasRedis).each(KINDS)(
  'of two $kind that of one process dies with twenty in a room: all go on at the node of the other, as they stood, by whichever process they called',
  { timeout: 90_000 },
  async ({ open }) => {
    const stage = await TwoProcesses.start(open);
    onTestFinished(() => stage.stop());
    const [a, b] = stage.both;
    const meeting = await a.createMeeting();
    const phones = await crowd(stage.both, meeting);
    onTestFinished(() => phones.forEach((phone) => phone.close()));
    const all = ({ length }: readonly PersonView[]) => length === CALLERS;
    const people = await b.participantsWhen(meeting, 'all are in', all);
    const id = people.find(({ name }) => name === 'caller3')?.id;
    await b.api('PATCH', `/meetings/${meeting.id}/participants/${id}`, { muted: true, hand: true });
    await lock(a, meeting);
    const isNoted = (list: readonly PersonView[]) => list.some(({ hand, muted }) => hand && muted);
    const before = await a.participantsWhen(meeting, 'all is noted', isNoted);

    const home = await stage.nodeWithRooms();
    const spare = stage.nodes.find((node) => node !== home) ?? home;
    expect(stage.driverOf(home)).not.toBe(stage.driverOf(spare));
    const rows = new Set<number>();
    const look = () =>
      [a, b].map((each) => each.participants(meeting).then((list) => rows.add(list.length)));
    const looking = setInterval(look, 250);
    onTestFinished(() => clearInterval(looking));
    const heard = Promise.all(phones.slice(1).map((phone) => phone.hearsAgain(0, WITHIN_MS)));
    await home.die();
    const ms = [...(await heard)].sort((one, other) => one - other);
    console.log(`heard again after ${ms.at(0)?.toFixed(0)} to ${ms.at(-1)?.toFixed(0)} ms`);

    for (const each of [a, b]) {
      const after = await each.participantsWhen(meeting, 'nobody is on the way', (list) =>
        list.every(({ moving }) => moving !== true),
      );
      expect(told(after)).toEqual(told(before));
    }
    expect(rows).toEqual(new Set([CALLERS]));
    expect(await membersAt(spare, meeting)).toBe(CALLERS);
    expect(phones.map(({ moves, ends }) => `${moves} ${ends}`)).toEqual(phones.map(() => '1 0'));
    await eventually('the room is locked again', () => isLockedAt(spare, meeting));
    for (const each of [a, b]) {
      await each.api('PATCH', `/meetings/${meeting.id}/participants/${id}`, { hand: false });
      await each.participantsWhen(meeting, 'the hand is down', (list) =>
        list.every(({ hand }) => !hand),
      );
      await each.api('PATCH', `/meetings/${meeting.id}/participants/${id}`, { hand: true });
    }
  },
);
