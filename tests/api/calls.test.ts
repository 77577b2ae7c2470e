import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookOutEndedCalls } from '../../api/calls.ts';
import type { ApiParts } from '../../api/parts.ts';
import { trunkWish } from '../../api/schemas/trunks.ts';
import type { DialOutSettings } from '../../meetings/rules/dial-out.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import { isParticipantId } from '../../protocol/room/room.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';
import { ask, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, calling, callTo, somebody } from '../support/scripted-rooms.ts';

const dialOut: DialOutSettings = {
  prefixes: ['+49'],
  concurrent: 2,
  perDay: 4,
  minutes: 30,
  country: '49',
};
const limits = { perToken: 100_000, perAddress: 100_000 };
let world: TestApi;
let meeting: Meeting;
let calls: string;

beforeAll(async () => {
  world = await startTestApi({ limits }, { dialOut });
  await world.parts.accounts.create('desk', 'Front desk');
  await world.parts.trunks.create(trunk('inbound', false));
  await world.parts.trunks.create(trunk('provider', true));
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.store.delete('dial-out');
  meeting = await newMeeting(world, { callMe: true });
  calls = `/meetings/${meeting.id}/calls`;
  world.rooms.wishes.length = 0;
  world.rooms.outcome = { ok: true };
  world.rooms.took = () => undefined;
});

const trunk = (name: string, outbound: boolean) =>
  trunkWish.parse({ name, server: 'sip.example.org:5060', outbound }) as Trunk;
const call = (body: object) => ask(world, 'post', calls, body);
const as = (token: string, body: object) =>
  request(world.api.url)
    .post(`/api/v1${calls}`)
    .set({ authorization: `Bearer ${token}` })
    .send(body);

test('a number is called by the trunk that takes calls out, as long as the settings say', async () => {
  const answered = await call({ number: '030 / 90 12 34', name: 'Ada', role: 'moderator' });
  expect(answered.status).toBe(202);
  const { id } = answered.body as { id: string };
  expect(isParticipantId(id)).toBe(true);
  expect(world.rooms.wishes).toEqual([
    {
      kind: 'call',
      room: meeting.id,
      id,
      to: { kind: 'trunk', trunk: 'provider', number: '+4930901234' },
      name: 'Ada',
      role: 'moderator',
      maxMs: 1_800_000,
    },
  ]);
});

test('a desk phone is called by its account, under its own name, and counts for no limit', async () => {
  for (let n = 0; n < 6; n++) expect((await call({ account: 'desk' })).status).toBe(202);
  expect(world.rooms.wishes[0]).toMatchObject({
    to: { kind: 'account', username: 'desk' },
    name: 'Front desk',
    role: 'participant',
  });
  expect(world.rooms.wishes[0]).not.toHaveProperty('maxMs');
  expect((await call({ account: 'nobody' })).status).toBe(404);
  expect((await call({ account: '../desk' })).status).toBe(404);
});

const refused: readonly (readonly [string, number, string])[] = [
  ['112', 403, 'emergency'],
  ['0900 123456', 403, 'costs more'],
  ['+33142680000', 403, 'DIAL_OUT_PREFIXES'],
  ['Ada', 400, 'must be'],
];
test.each(refused)('%s is refused by %i, and it is said why', async (number, status, why) => {
  const answered = await call({ number });
  expect([answered.status, answered.body]).toMatchObject([status, { field: 'number' }]);
  expect((answered.body as { detail: string }).detail).toContain(why);
  expect(world.rooms.wishes).toEqual([]);
});

test('the third at once waits until one of them ends', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => call({ number: '+4930901234' })));
  expect(ids.map(({ status }) => status).sort()).toEqual([202, 202, 409]);
  const full = await call({ number: '+4930901234' });
  expect((full.body as { detail: string }).detail).toContain('DIAL_OUT_CONCURRENT');
  const ended = world.rooms.wishes.find(({ kind }) => kind === 'call') as { id: ParticipantId };
  world.rooms.tell(calling(meeting.id, callTo(9, { id: ended.id, state: 'ended', end: 'busy' })));
  await expect
    .poll(async () => (await world.store.get<{ live: object }>('dial-out'))?.live)
    .not.toHaveProperty(ended.id);
  expect((await call({ number: '+4930901234' })).status).toBe(202);
});

test('a call that ended while nobody looked frees its place, and one that is up does not', async () => {
  const up = (await call({ number: '+4930901234' })).body as { id: ParticipantId };
  const gone = (await call({ number: '+4930901235' })).body as { id: ParticipantId };
  world.rooms.tell(calling(meeting.id, callTo(2, { id: up.id, state: 'joined' })));
  const parts = { ...world, meetings: world.parts, log: () => undefined };
  const stop = bookOutEndedCalls(parts as unknown as ApiParts, 5);
  const live = async () => (await world.store.get<{ live: object }>('dial-out'))?.live;
  await expect.poll(live).not.toHaveProperty(gone.id);
  stop();
  expect(await live()).toHaveProperty(up.id);
});

test('the fifth in a day is refused, and a day later is not', async () => {
  for (let n = 0; n < 4; n++) await finished(await call({ number: '+4930901234' }));
  const full = await call({ number: '+4930901234' });
  expect([full.status, full.body]).toMatchObject([409, {}]);
  expect((full.body as { detail: string }).detail).toContain('DIAL_OUT_PER_DAY');
  world.clock.pass(24 * 3_600_000);
  expect((await call({ number: '+4930901234' })).status).toBe(202);
});

test('a call that the switch does not take counts for nothing', async () => {
  world.rooms.outcome = { ok: false, reason: 'refused', detail: 'No gateway.' };
  for (let n = 0; n < 9; n++) {
    const answered = await call({ number: '+4930901234' });
    expect([answered.status, answered.body]).toMatchObject([409, { detail: 'No gateway.' }]);
  }
  world.rooms.outcome = { ok: true };
  expect((await call({ number: '+4930901234' })).status).toBe(202);
});

test('without a trunk that takes calls out, that is said', async () => {
  await world.parts.trunks.change('provider', { outbound: false });
  const answered = await call({ number: '+4930901234' });
  expect([answered.status, answered.body]).toMatchObject([409, {}]);
  expect((answered.body as { detail: string }).detail).toContain('trunk');
  await world.parts.trunks.change('provider', { outbound: true });
});

test('off unless the settings name prefixes', async () => {
  const plain = await startTestApi({ limits });
  const { id } = await newMeeting(plain);
  const answered = await ask(plain, 'post', `/meetings/${id}/calls`, { number: '+4930901234' });
  expect([answered.status, answered.body]).toMatchObject([403, { field: 'number' }]);
  await plain.stop();
});

test('one’s own phone carries one’s own name, role and person, once at a time', async () => {
  const ada = await newPerson(world, meeting);
  const wish = { number: '+4930901234', me: true, name: 'Somebody else', role: 'moderator' };
  expect((await as(ada.feedToken, wish)).status).toBe(409);
  const row = somebody(1, { name: 'Ada', via: 'browser', personId: ada.personId });
  world.rooms.tell(arrival(meeting.id, row));
  expect((await as(ada.feedToken, wish)).status).toBe(202);
  expect(world.rooms.wishes).toMatchObject([
    { name: 'Ada', role: 'participant', personId: ada.personId },
  ]);
  world.rooms.tell(calling(meeting.id, callTo(2, { personId: ada.personId })));
  expect((await as(ada.feedToken, wish)).status).toBe(409);
  world.rooms.tell(
    calling(meeting.id, callTo(2, { personId: ada.personId, state: 'ended', end: 'left' })),
  );
  expect((await as(ada.feedToken, wish)).status).toBe(202);
});

test('who lets their phone be called twice at the same moment has it called once', async () => {
  const ada = await newPerson(world, meeting);
  const row = somebody(1, { via: 'browser', personId: ada.personId });
  world.rooms.tell(arrival(meeting.id, row));
  world.rooms.took = (command) => {
    if (command.kind !== 'call') return;
    const { id } = command;
    world.rooms.tell(calling(meeting.id, callTo(2, { id, personId: ada.personId })));
  };
  const wish = { account: 'desk', me: true };
  const answers = await Promise.all([1, 2, 3].map(() => as(ada.feedToken, wish)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
});

test('a participant calls nobody else, and not even themselves where the meeting does not allow it', async () => {
  const ada = await newPerson(world, meeting);
  const row = somebody(1, { via: 'browser', personId: ada.personId });
  world.rooms.tell(arrival(meeting.id, row));
  expect((await as(ada.feedToken, { number: '+4930901234' })).status).toBe(403);
  await world.parts.meetings.change(meeting.id, { callMe: false });
  expect((await as(ada.feedToken, { number: '+4930901234', me: true })).status).toBe(403);
  expect(world.rooms.wishes).toEqual([]);
});

test('a key has no phone of its own', async () => {
  const answered = await call({ number: '+4930901234', me: true });
  expect([answered.status, answered.body]).toMatchObject([400, { field: 'me' }]);
});

test('calls are listed to all in the meeting, with less of the number and of who it is to participants', async () => {
  world.rooms.tell(
    calling(meeting.id, callTo(3, { number: '+49…1234', personId: 'grace', state: 'ringing' })),
  );
  const seen = async (token: string) => {
    const asked = request(world.api.url).get(`/api/v1${calls}`);
    return (await asked.set({ authorization: `Bearer ${token}` })).body as object[];
  };
  const whole = { number: '+49…1234', personId: 'grace', state: 'ringing', name: 'Caller 3' };
  expect((await ask(world, 'get', calls)).body).toMatchObject([whole]);
  const [forModerator] = await seen((await newPerson(world, meeting, 'moderator')).feedToken);
  expect(forModerator).toMatchObject({ number: '+49…1234' });
  const inside = await newPerson(world, meeting);
  world.rooms.tell(arrival(meeting.id, somebody(9, { personId: inside.personId })));
  const [forParticipant] = await seen(inside.feedToken);
  expect(forParticipant).toMatchObject({ number: '…34', state: 'ringing' });
  for (const shown of [forModerator, forParticipant]) expect(shown).not.toHaveProperty('personId');
});

test('a call is cancelled, and one that is not there cannot be', async () => {
  const ringing = callTo(4);
  world.rooms.tell(calling(meeting.id, ringing));
  expect((await ask(world, 'delete', `${calls}/${ringing.id}`)).status).toBe(202);
  expect(world.rooms.wishes).toEqual([{ kind: 'cancel-call', room: meeting.id, id: ringing.id }]);
  for (const id of [callTo(5).id, 'x', '..%2f']) {
    expect((await ask(world, 'delete', `${calls}/${id}`)).status).toBe(404);
  }
});

test('an ended meeting calls nobody', async () => {
  await world.parts.meetings.end(meeting.id);
  expect((await call({ account: 'desk' })).status).toBe(409);
});

test('a call on its way while the meeting is ended is given up', async () => {
  world.rooms.took = ({ kind }) =>
    kind === 'call' ? world.parts.meetings.end(meeting.id) : undefined;
  expect((await call({ account: 'desk' })).status).toBe(409);
  expect(world.rooms.wishes.map(({ kind }) => kind)).toEqual(['call', 'cancel-call']);
});

test('no log line holds a number that was called', async () => {
  await call({ number: '+4930901234' });
  expect(JSON.stringify(world.lines)).not.toContain('30901234');
});

async function finished({ body }: request.Response): Promise<void> {
  await world.parts.dialOut.over((body as { id: string }).id);
}

test('the audit log tells who had which number called into which meeting, by its last digits', async () => {
  await call({ number: '030 / 90 12 34' });
  await call({ number: '+1 555 0100' });
  const answered = await ask(world, 'get', `/audit?meeting=${meeting.id}&act=outside`);
  const common = { who: 'admin key', act: 'call outside', meeting: meeting.id };
  expect(answered.body).toMatchObject([
    { ...common, subject: '+15…0100', outcome: 'refused prefix' },
    { ...common, subject: '+49…1234', detail: 'trunk=provider', outcome: 'done' },
  ]);
});
