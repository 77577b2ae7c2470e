import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trunkWish } from '../../api/schemas/trunks.ts';
import type { MeetingsParts } from '../../meetings/open.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import { openRedis } from '../../meetings/store/redis.ts';
import type { Store } from '../../meetings/store/store.ts';
import { newMeeting } from '../support/api.ts';
import { seeded, startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import type { RedisServer } from '../support/redis-server.ts';

const BY = { who: 'person p-1', from: '' };
const dialOut = { prefixes: ['+49'], concurrent: 3, perDay: 100, minutes: 10, country: '49' };

/** What listeners at one process hear from now on, a line each. */
function toldBy({ meetings, bans, trunks, alarms }: MeetingsParts): readonly string[] {
  const told: string[] = [];
  meetings.subscribe((news, from) => {
    const id = news.kind === 'updated' ? news.meeting.id : news.id;
    told.push(`${news.kind} ${id} ${from ?? 'here'}`);
  });
  bans.subscribe((room) => told.push(`bans ${room}`));
  trunks.subscribe(() => told.push(`trunks ${trunks.known.length}`));
  alarms.subscribe(() => told.push('alarms'));
  return told;
}

describe.skipIf(!hasRedis)('two processes that share a Redis', () => {
  let redis: RedisServer;
  const worlds: TestMeetings[] = [];
  const stores: Store[] = [];
  let one: MeetingsParts;
  let other: MeetingsParts;

  beforeAll(async () => {
    redis = await startRedis();
    for (let n = 0; n < 2; n++) {
      const store = await openRedis({ url: redis.url, now: Date.now, onError: () => undefined });
      stores.push(store);
      worlds.push(await startMeetings({ store, now: Date.now, dialOut, random: seeded(n + 1) }));
    }
    [one, other] = worlds.map(({ parts }) => parts) as [MeetingsParts, MeetingsParts];
  });
  afterAll(async () => {
    for (const world of worlds) await world.stop();
    for (const store of stores) await store.close();
    await redis.stop();
  });

  test('a ban made by one holds for the other, and so does lifting it', async () => {
    const { id } = await newMeeting(worlds[0] as TestMeetings);
    const marks = { number: '+4930901234' };
    const made = await one.bans.add(id, { name: 'Mallory', marks, by: 'console' });
    expect(await other.bans.holds(id, marks)).toBe(true);
    if (made.ok) await other.bans.lift(id, made.ban.id);
    expect(await one.bans.holds(id, marks)).toBe(false);
  });

  test('twenty bans made by both at once are all kept', async () => {
    const { id } = await newMeeting(worlds[0] as TestMeetings);
    const add = (n: number) =>
      (n % 2 ? one : other).bans.add(id, { name: `${n}`, marks: { account: `a${n}` }, by: 'x' });
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(n)));
    expect(await one.bans.list(id)).toHaveLength(20);
  });

  test('what one changes is told at the other: meetings, bans, trunks, alarms', async () => {
    const told = toldBy(other);
    const { id } = await newMeeting(worlds[0] as TestMeetings);
    await expect.poll(() => told).toEqual([`updated ${id} elsewhere`]);
    await one.bans.add(id, { name: 'Mallory', marks: { account: 'm' }, by: 'console' });
    await one.trunks.create(
      trunkWish.parse({ name: 'far', server: 'sip.example.org:5060' }) as Trunk,
    );
    await one.meetings.delete(id);
    const after = [`bans ${id}`, 'trunks 1', `removed ${id} elsewhere`];
    await expect.poll(() => told).toEqual(expect.arrayContaining(after));
    await one.trunks.delete('far');
    one.alarms.raise({ kind: 'caller', what: 'x', who: '192.0.…', untilMs: Date.now() + 1 }, 1);
    await one.alarms.written();
    await expect.poll(() => told).toEqual(expect.arrayContaining(['trunks 0', 'alarms']));
  });

  test('that a meeting begins is told at both, and is news of its own at one of them', async () => {
    const startsAtMs = Date.now() + 300;
    const told: string[] = [];
    const { id } = await newMeeting(worlds[0] as TestMeetings, { startsAtMs });
    for (const { meetings } of [one, other])
      meetings.subscribe((news, from) => {
        if (news.kind !== 'updated' || news.meeting.id !== id || Date.now() < startsAtMs) return;
        told.push(from ?? 'here');
      });
    await expect.poll(() => told.sort(), { timeout: 3_000 }).toEqual(['elsewhere', 'here']);
  });

  test('calls out are counted over both', async () => {
    const server = 'sip.example.org:5060';
    await one.trunks.create(trunkWish.parse({ name: 'line', server, outbound: true }) as Trunk);
    const plan = (n: number) =>
      (n % 2 ? one : other).dialOut.plan(`call-${n}`, { number: '+4930901234' }, BY);
    const plans = await Promise.all(Array.from({ length: 8 }, (_, n) => plan(n)));
    expect(plans.filter(({ ok }) => ok)).toHaveLength(dialOut.concurrent);
    for (const id of await one.dialOut.live()) await other.dialOut.over(id);
    expect(await one.dialOut.live()).toEqual([]);
  });

  test('wrong codes are counted over both, and the alarm is seen and lifted by either', async () => {
    const { codes } = await newMeeting(worlds[0] as TestMeetings);
    const enter = async (parts: MeetingsParts, code: string) =>
      (await parts.admissions.byCode(code, '192.0.2.9')).kind;
    for (let n = 0; n < 5; n++) await enter(n % 2 ? one : other, `100000000${n}`);
    expect(await enter(other, codes.join)).toBe('throttled');
    await one.alarms.written();
    await other.alarms.written();
    const [alarm] = await one.alarms.list();
    expect(alarm).toMatchObject({ kind: 'caller', who: '192.0.…' });
    expect(await one.alarms.lift(alarm?.id ?? '')).toBe(true);
    expect(await enter(other, codes.join)).toBe('meeting');
  });

  test('a moderator who comes early by one opens the meeting for those at the other', async () => {
    const startsAtMs = Date.now() + 3_600_000;
    const { id } = await newMeeting(worlds[0] as TestMeetings, { startsAtMs });
    const at = (parts: MeetingsParts, role: 'moderator' | 'participant') =>
      parts.admissions.admit({
        room: id,
        role,
        who: {
          destination: { kind: 'meeting', room: id, role },
          via: 'phone',
          name: 'Ada',
          number: '',
          source: '192.0.2.1',
        },
        people: 0,
        moderatorInside: false,
        admitted: false,
      });
    expect(await at(other, 'participant')).toMatchObject({ kind: 'wait', why: 'not-started' });
    expect(await at(one, 'moderator')).toMatchObject({ kind: 'join' });
    expect(await at(other, 'participant')).toMatchObject({ kind: 'join' });
  });
});
