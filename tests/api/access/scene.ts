import { trunkWish } from '../../../api/schemas/trunks.ts';
import { hashPassword } from '../../../meetings/people/passwords.ts';
import type { Person } from '../../../meetings/rules/people.ts';
import { SCOPES } from '../../../meetings/rules/scopes.ts';
import type { Scope } from '../../../meetings/rules/scopes.ts';
import type { PersonRole } from '../../../protocol/http/people.ts';
import type { Trunk } from '../../../protocol/call/trunk.ts';
import { BEARER, newMeeting, newPerson } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { ADMIN_KEY, FROM, START_MS } from '../../support/meetings.ts';
import { arrival, calling, callTo, somebody } from '../../support/scripted-rooms.ts';

export const PASSWORD = 'correct horse battery';
export const NEW_PASSWORD = 'staple of another kind';

/** Those with accounts, and what they are in the meeting that is asked about. */
export const STAFF = {
  owner: 'owner',
  'who made it': 'moderator',
  'who moderates it': 'moderator',
  'moderator of another': 'moderator',
  participant: 'participant',
  observer: 'observer',
} as const satisfies Record<string, PersonRole>;
export type StaffName = keyof typeof STAFF;

export const KEYS = ['key for it alone', 'key for all else', 'key of a participant'] as const;
export const LINKS = [
  ...(['person', 'neighbour', 'moderator by link'] as const),
  ...(['person elsewhere', 'moderator elsewhere'] as const),
];
export const OTHERS = ['nobody', 'wrong key', 'disabled', 'admin', 'admin session'] as const;

export type Who =
  StaffName | (typeof KEYS)[number] | (typeof LINKS)[number] | (typeof OTHERS)[number];
type Headers = Readonly<Record<string, string>>;

export interface Scene {
  headers(who: Who): Headers;
  /** For the names in braces of a path, as far as they are the same for all. */
  readonly values: Readonly<Record<string, string>>;
  /** Those that are one's own. */
  own(who: Who): Readonly<Record<string, string>>;
}

export type Staff = Readonly<Record<StaffName | 'disabled', Person>>;

/** People outlive a scene: their passwords take the time of a sign-in each to make. */
export async function hire({ parts }: TestApi): Promise<Staff> {
  const password = { hash: await hashPassword(PASSWORD) };
  const hired = async (name: string, role: PersonRole) => {
    const made = await parts.people.known.create({ name, role, login: slug(name), password });
    if (!made) throw new Error(`${name} is there already`);
    return [name, made] as const;
  };
  const names = Object.entries({ ...STAFF, disabled: 'owner' } as const);
  const staff = Object.fromEntries(
    await Promise.all(names.map(([name, role]) => hired(name, role))),
  ) as Staff;
  await parts.people.known.change(staff.disabled.id, { disabled: true });
  return staff;
}

interface Asked {
  readonly path: string;
  /** What the one key is for, and the other is not. */
  readonly scope: Scope | 'none';
}

/** A world in which every operation has something to be done to. */
export async function setScene(world: TestApi, staff: Staff, asked: Asked): Promise<Scene> {
  await sweep(world);
  const meeting = await newMeeting(world, {
    owner: staff['who made it'].id,
    recurrence: 'FREQ=DAILY',
    startsAtMs: START_MS + 60_000,
    durationMinutes: 30,
    timeZone: 'UTC',
    members: [
      { personId: staff['who moderates it'].id, role: 'moderator' },
      { personId: staff.participant.id, role: 'participant' },
      { personId: staff.owner.id, role: 'participant' },
    ],
  });
  const other = await newMeeting(world, { owner: staff['moderator of another'].id });
  const person = await newPerson(world, meeting);
  const links: Record<(typeof LINKS)[number], Headers> = {
    person: bearer(person.feedToken),
    neighbour: bearer((await newPerson(world, meeting)).feedToken),
    'moderator by link': bearer((await newPerson(world, meeting, 'moderator')).feedToken),
    'person elsewhere': bearer((await newPerson(world, other)).feedToken),
    'moderator elsewhere': bearer((await newPerson(world, other, 'moderator')).feedToken),
  };
  const inRoom = await furnish(world, meeting.id, person.personId);
  const { sessions, own } = await signAllIn(world, staff, asked.path);
  const keys = await keysFor(world, staff, asked.scope);
  const others = { nobody: {}, 'wrong key': bearer('not-the-key'), admin: BEARER } as const;
  const view = world.parts.views.show(meeting, 0);
  const victim = await world.parts.people.known.create({
    name: 'Victim',
    role: 'participant',
    login: 'victim',
  });
  return {
    headers: (who) => ({ ...links, ...sessions, ...keys, ...others })[who] ?? {},
    own: (who) => own[who] ?? own.owner ?? {},
    values: {
      id: meeting.id,
      at: new Date(START_MS + 60_000).toISOString(),
      ...inRoom,
      name: 'line',
      ticket: view.joinUrl.split('/join/')[1] ?? '',
      username: 'phone',
      personId: victim?.id ?? '',
      person: victim?.id ?? '',
      webhookId: 'w-aaaaaaaaaaaaaaaa',
      deliveryId: '1',
    },
  };
}

/** What a scene before left. */
async function sweep({ parts, store }: TestApi): Promise<void> {
  for (const { id } of await parts.meetings.list()) await parts.meetings.delete(id);
  for (const username of ['desk', 'phone']) await parts.accounts.delete(username);
  for (const name of ['made', 'line']) await parts.trunks.delete(name);
  for (const login of ['victim', 'made', 'first']) {
    const left = await parts.people.known.byLogin(login);
    if (left) await parts.people.known.delete(left.id);
  }
  await store.delete('set-up');
}

async function furnish(world: TestApi, room: Parameters<typeof arrival>[0], personId: string) {
  const { parts, rooms } = world;
  await parts.accounts.create('phone', 'Phone');
  const server = 'sip.example.org:5060';
  await parts.trunks.create(trunkWish.parse({ name: 'line', server }) as Trunk);
  const row = somebody(1, { personId });
  rooms.tell(arrival(room, row));
  const call = callTo(2, { personId });
  rooms.tell(calling(room, call));
  rooms.wishes.length = 0;
  const ban = { name: 'Mallory', marks: { personId: 'mallory' }, by: 'console' };
  const banned = await parts.bans.add(room, ban);
  if (!banned.ok) throw new Error(banned.reason);
  const full = { kind: 'login', what: 'login:test', who: 'test', untilMs: START_MS + 1 } as const;
  parts.alarms.raise(full, 1);
  const [alarm] = await parts.alarms.list();
  return { pid: row.id, callId: call.id, banId: banned.ban.id, alarmId: alarm?.id ?? '' };
}

/** Everybody in a session, and another session and a key of their own. */
async function signAllIn({ parts }: TestApi, staff: Staff, path: string) {
  const { sessions, known, keys } = parts.people;
  const headers: Partial<Record<Who, Headers>> = {};
  const own: Partial<Record<Who, Record<string, string>>> = {};
  for (const [name, { id }] of Object.entries(staff) as [StaffName | 'disabled', Person][]) {
    const person = await known.get(id);
    headers[name] = cookie((await sessions.open(person, FROM)).token);
    if (path.includes('{sessionId}'))
      own[name] = { sessionId: (await sessions.open(person, FROM)).id };
    if (path.includes('{keyId}'))
      own[name] = { keyId: (await keys.make(person, { name: 'Own', scopes: SCOPES })).key.id };
  }
  headers['admin session'] = cookie((await sessions.open(undefined, FROM)).token);
  return { sessions: headers, own };
}

/** No operation uses them up. */
const kept = new Map<string, ReturnType<typeof makeKeys>>();

function keysFor(world: TestApi, staff: Staff, scope: Scope | 'none') {
  const made = kept.get(scope) ?? makeKeys(world, staff, scope);
  kept.set(scope, made);
  return made;
}

async function makeKeys({ parts }: TestApi, staff: Staff, scope: Scope | 'none') {
  const make = async (person: Person, scopes: readonly Scope[]) => {
    const now = await parts.people.known.get(person.id);
    return bearer((await parts.people.keys.make(now, { name: 'Test', scopes })).text);
  };
  const rest = SCOPES.filter((each) => each !== scope);
  return {
    'key for it alone': await make(staff.owner, scope === 'none' ? SCOPES : [scope]),
    'key for all else': await make(staff.owner, rest),
    'key of a participant': await make(staff.participant, SCOPES),
  };
}

function cookie(token: string): Headers {
  return { cookie: `partyline_session=${token}`, 'sec-fetch-site': 'same-origin' };
}

function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` };
}

function slug(name: string): string {
  return name.replace(/\W+/g, '-');
}

const NOBODY_ID = '6e2ff1a4-9c1c-4c9f-8a53-0d2b3cb1f0aa';

/** Bodies that each operation takes. */
export const BODIES: Readonly<Record<string, object>> = {
  'post /meetings': { name: 'Made' },
  'post /webhooks': { url: 'https://hooks.invalid/' },
  'patch /webhooks/{webhookId}': { paused: true },
  'patch /meetings/{id}': { name: 'Renamed' },
  'patch /meetings/{id}/occurrences/{at}': { skipped: true },
  'post /meetings/{id}/tickets': { name: 'Ada', role: 'participant' },
  'patch /meetings/{id}/participants/{pid}': { muted: true },
  'post /meetings/{id}/mute-all': { except: 'none' },
  'post /meetings/{id}/lock': { locked: true },
  'post /meetings/{id}/unmute-all': {},
  'post /meetings/{id}/lobby': { action: 'admit' },
  'post /meetings/{id}/recording': { action: 'start' },
  'post /meetings/{id}/announce': { sound: 'fire-drill' },
  'post /meetings/{id}/calls': { account: 'phone' },
  'post /meetings/{id}/breakouts': { rooms: [{ name: 'Red' }], assign: 'given' },
  'post /meetings/{id}/breakouts/{breakoutId}/move': { participants: [NOBODY_ID] },
  'patch /recordings/{recordingId}': { published: true },
  'post /trunks': { name: 'made', server: 'sip.example.org:5060' },
  'patch /trunks/{name}': { outbound: true },
  'post /tickets/{ticket}/softphone': { name: 'Ada' },
  'post /bans': { number: '+4930901234' },
  'post /accounts': { username: 'desk', name: 'Desk' },
  'patch /accounts/{username}': { name: 'Hall' },
  'post /session': { key: ADMIN_KEY },
  'post /setup': { key: ADMIN_KEY, login: 'first', name: 'First', password: PASSWORD },
  'post /people': { login: 'made', name: 'Made', role: 'participant' },
  'patch /people/{personId}': { role: 'observer' },
  'post /keys': { name: 'Made', scopes: ['meetings:read'] },
  'post /me/password': { password: PASSWORD, newPassword: NEW_PASSWORD },
};
