import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { COMMANDS } from '../../cli/all.ts';
import { run } from '../../cli/run.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { KeyView, PersonView } from '../../protocol/http/people.ts';
import { BEARER, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

const key = BEARER.authorization.slice('Bearer '.length);
let world: TestApi;
let meeting: Meeting;
const ada = somebody(1, { personId: 'ada', name: 'Ada' });
const bob = somebody(12, { personId: 'bob', name: 'Bob\u001b[2J' });

beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());
beforeEach(async () => {
  meeting = await newMeeting(world, { name: 'Standup' });
  for (const one of [ada, bob]) world.rooms.tell(arrival(meeting.id, one));
  world.rooms.wishes.length = 0;
});

/** What was printed, and with what the program ended. */
async function typed(
  line: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
) {
  let [out, err] = ['', ''];
  const end = await run(line, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    width: 100,
    env: { PARTYLINE_URL: world.api.url, PARTYLINE_KEY: key, ...env },
    input: () => Promise.resolve(input),
    signal: AbortSignal.timeout(20_000),
    nowMs: Date.now(),
  });
  return { out, err, end };
}

test('status says whether calls can be taken and how many are there', async () => {
  const { out, end } = await typed(['status']);
  expect(end).toBe(0);
  expect(out).toMatch(/^ready +yes$/m);
  expect(out).toMatch(/^people +\d+$/m);
});

test('meetings are listed, with --json for programs, and never with what opens them', async () => {
  const { out } = await typed(['meetings', 'list', '--name', 'stand']);
  expect(out).toMatch(/^ID +NAME +STATE/);
  expect(out).toContain(meeting.id);
  const json = await typed(['meetings', 'list', '--json']);
  expect((JSON.parse(json.out) as { id: string }[]).map(({ id }) => id)).toContain(meeting.id);
  for (const text of [out, json.out]) {
    expect(text).not.toContain(meeting.codes.join);
    expect(text).not.toContain('/join/');
  }
});

test('a meeting is made, shown, and ended from a script', async () => {
  const made = await typed(['meetings', 'create', 'Plan', '--extension', '761', '--lobby']);
  const id = made.out.trim();
  expect((await typed(['meetings', 'show', id])).out).toMatch(/^extension +761$/m);
  const ended = await typed(['meetings', 'end', id, '--json']);
  expect(JSON.parse(ended.out)).toMatchObject({ id, state: 'ended', lobby: true });
});

test('codes are printed where they are asked for', async () => {
  const { out } = await typed(['codes', meeting.id]);
  expect(out).toContain(meeting.codes.join);
  expect(out).toContain(meeting.codes.moderator);
});

test('people are listed without what a terminal would obey', async () => {
  const { out } = await typed(['participants', meeting.id]);
  expect(out).toContain('Ada');
  expect(out).toContain('Bob�[2J');
  expect(out).not.toContain('\u001b');
});

test.each([
  [['mute', 'MEETING', 'ada'], { kind: 'set-muted', id: ada.id, on: true }],
  [['unmute', 'MEETING', ada.id], { kind: 'set-muted', id: ada.id, on: false }],
  [['mute', 'MEETING', '--all'], { kind: 'mute-all', except: 'moderators' }],
  [['unmute', 'MEETING', '--all'], { kind: 'unmute-all' }],
  [['kick', 'MEETING', 'Ada'], { kind: 'remove', id: ada.id }],
  [['kick', 'MEETING', 'Ada', '--ban'], { kind: 'remove', id: ada.id, banned: true }],
])('%j reaches the switch', async (line, wish) => {
  const { end } = await typed(line.map((each) => (each === 'MEETING' ? meeting.id : each)));
  expect(end).toBe(0);
  expect(world.rooms.wishes).toMatchObject([wish]);
});

test('an account is made with its password, shown that once', async () => {
  const { out } = await typed(['accounts', 'create', 'desk-7', 'Desk', '--json']);
  expect((JSON.parse(out) as { password: string }).password).toMatch(/^[a-z2-7]{20}$/);
  const listed = await typed(['accounts', 'list', '--json']);
  expect(listed.out).toContain('desk-7');
  expect(listed.out).not.toContain('password');
  expect((await typed(['accounts', 'delete', 'desk-7'])).out).toBe('desk-7 is deleted.\n');
});

test('a person is made with a one-time password, shown that once', async () => {
  const made = await typed(['people', 'add', 'eve@example.org', 'Eve', '--json']);
  const { id, role, oneTimePassword } = JSON.parse(made.out) as PersonView;
  expect([made.end, role]).toEqual([0, 'moderator']);
  expect(oneTimePassword).toMatch(/^\S{12,}$/);
  const listed = await typed(['people', 'list', '--json']);
  expect(listed.out).toContain(id);
  expect(listed.out).not.toContain(oneTimePassword);
  const again = await typed(['people', 'add', 'eve@example.org', 'Eve', '--role', 'observer']);
  expect([again.end, again.err]).toEqual([1, expect.stringMatching(/login is taken/)]);
});

test('a key is made for what it is for, opens that, and is shown that once', async () => {
  const words = ['keys', 'create', 'Wallboard', 'meetings:read,rooms:control', '--json'];
  const made = JSON.parse((await typed(words)).out) as KeyView;
  expect(made.scopes).toEqual(['meetings:read', 'rooms:control']);
  const own = { PARTYLINE_KEY: made.key ?? '' };
  expect((await typed(['meetings', 'list'], own)).end).toBe(0);
  expect((await typed(['accounts', 'list'], own)).end).toBe(4);
  const listed = await typed(['keys', 'list', '--json']);
  expect(listed.out).toContain(made.id);
  expect(listed.out).not.toContain(made.key);
  expect((await typed(['keys', 'delete', made.id])).out).toBe(`${made.id} is deleted.\n`);
  expect((await typed(['meetings', 'list'], own)).end).toBe(4);
});

test('the launcher that npx starts runs TypeScript wherever it is started from', () => {
  const launcher = join(import.meta.dirname, '../../cli/partyline');
  const said = spawnSync(launcher, ['--help'], { cwd: tmpdir(), encoding: 'utf8' });
  expect([said.status, said.stderr]).toEqual([0, '']);
  expect(said.stdout).toMatch(/^partyline COMMAND/);
});

test.each(['accounts list', 'trunks list', 'people list', 'keys list'])(
  '%s works where there is nothing',
  async (name) => {
    expect(await typed(name.split(' '))).toMatchObject({ end: 0, err: '' });
  },
);

test.each([
  [['nonsense'], 2, /no such command/],
  [['meetings'], 2, /meetings list, meetings show/],
  [['meetings', 'show'], 2, /MEETING/],
  [['meetings', 'list', '--nonsense'], 2, /--nonsense/],
  [['meetings', 'list', '--most', 'x'], 2, /--most/],
  [['mute', 'm-abcdefghij234567'], 2, /--all/],
  [['people', 'add', 'zoe', 'Zoe', '--role', 'king'], 2, /--role must be of owner, /],
  [['keys', 'create', 'Zoe'], 2, /SCOPES/],
  [['keys', 'create', 'Zoe', 'all'], 2, /SCOPES must be of meetings:read, /],
  [['keys', 'create', 'Zoe', 'audit:read', '--expires', 'soon'], 1, /"expiresAt" is wrong/],
  [['meetings', 'show', 'm-abcdefghij234567'], 5, /No meeting has that id/],
  [['meetings', 'create', ''], 1, /"name" must be/],
  [['status', '--server', 'http://127.0.0.1:1'], 3, /No server answers/],
  [['status', '--server', 'ftp://x'], 2, /--server/],
  [['status', '--key-file', '/nonexistent'], 2, /cannot be read/],
  [['check', 'asterisk'], 2, /freeswitch or drachtio/],
])('%j ends with %i and says what to do', async (line, end, says) => {
  const result = await typed(line);
  expect([result.end, result.out]).toEqual([end, '']);
  expect(result.err).toMatch(says);
});

test('a name that several have, or nobody, is nobody’s', async () => {
  world.rooms.tell(arrival(meeting.id, somebody(3, { personId: 'eve', name: 'ada' })));
  expect((await typed(['kick', meeting.id, 'Ada'])).err).toMatch(/Several are called so/);
  expect((await typed(['kick', meeting.id, 'Zoe'])).err).toMatch(/Nobody in the room/);
  expect(world.rooms.wishes).toEqual([]);
});

test('a key that may not ends the program with 4', async () => {
  const { feedToken } = await newPerson(world, meeting);
  expect((await typed(['accounts', 'list'], { PARTYLINE_KEY: feedToken })).end).toBe(4);
  expect((await typed(['accounts', 'list'], { PARTYLINE_KEY: 'wrong' })).end).toBe(4);
});

test('the key is found in a file, and in the data directory', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'partyline-cli-'));
  const file = join(dir, 'admin-key');
  writeFileSync(file, `${key}\n`);
  const none = { PARTYLINE_KEY: '' };
  expect((await typed(['status', '--key-file', file], none)).end).toBe(0);
  expect((await typed(['status'], { ...none, DATA_DIR: dir })).end).toBe(0);
  expect((await typed(['status'], { ...none, DATA_DIR: '/nonexistent' })).err).toMatch(/No key/);
  rmSync(dir, { recursive: true });
});

test('events are told one a line, until somebody ends it, without what opens a meeting', async () => {
  const end = new AbortController();
  const lines: { kind: string }[] = [];
  const ended = run(['events', meeting.id, '--json'], {
    out: (text) => {
      expect(text).not.toContain(meeting.codes.join);
      lines.push(JSON.parse(text) as { kind: string });
      if (lines.length === 1) world.rooms.tell(arrival(meeting.id, somebody(5)));
      if (lines.length === 2) end.abort();
    },
    err: () => undefined,
    width: 80,
    env: { PARTYLINE_URL: world.api.url, PARTYLINE_KEY: key },
    signal: end.signal,
    nowMs: 0,
  });
  expect(await ended).toBe(0);
  expect(lines.map(({ kind }) => kind)).toEqual(['snapshot', 'event']);
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  '%s --help says what it does and what it takes',
  async (name, command) => {
    const { out, end } = await typed([...name.split(' '), '--help']);
    expect(end).toBe(0);
    expect(out).toContain(command.summary);
    for (const flag of ['json', 'server', ...Object.keys(command.flags ?? {})])
      expect(out).toContain(`--${flag}`);
  },
);

test('the help lists every command', async () => {
  const { out, end } = await typed(['--help']);
  expect(end).toBe(0);
  for (const { name } of COMMANDS) expect(out).toContain(name);
});

test('a trunk is made, its password piped in and never on the command line; it is tested and deleted', async () => {
  const line = ['trunks', 'create', 'telco', 'sip.example.org:5060', '--username', 'acme'];
  const more = ['--register', '--outbound', '--numbers', 'Berlin=+4930901234;lang=de,+4930905678'];
  const made = await typed([...line, ...more], {}, 'trunk-secret\n');
  expect([made.end, made.out]).toEqual([0, expect.stringContaining('telco is made')]);
  expect(made.out).not.toContain('trunk-secret');
  expect(await world.parts.trunks.get('telco')).toMatchObject({
    ...{ username: 'acme', password: 'trunk-secret', register: true, outbound: true },
    numbers: [
      { number: '+4930901234', label: 'Berlin', language: 'de' },
      { number: '+4930905678', label: '+4930905678', language: 'en' },
    ],
  });
  expect((await typed(['trunks', 'test', 'telco'])).out).toMatch(/^answered +no$/m);
  expect((await typed(['trunks', 'delete', 'telco'])).end).toBe(0);
});

test('a trunk that is typed wrongly is said to be, before anything is asked', async () => {
  const wrong = await typed(['trunks', 'create', 'Telco', 'sip.example.org:5060']);
  expect([wrong.end, wrong.err]).toEqual([2, expect.stringContaining('name: must be')]);
  const number = ['trunks', 'create', 'telco', 'a:5060', '--numbers', '0309'];
  expect((await typed(number)).err).toContain('--numbers: "0309" is not such as');
});

test('a deleted account is had back', async () => {
  await typed(['accounts', 'create', 'porch', 'Porch']);
  await typed(['accounts', 'delete', 'porch']);
  expect((await typed(['accounts', 'restore', 'porch'])).out).toContain('porch is back.');
  expect(await world.parts.accounts.get('porch')).toBeDefined();
});

test('system says what was looked at, and with --json the facts too', async () => {
  const { out, end } = await typed(['system']);
  expect(end).toBe(0);
  expect(out).toContain('FreeSWITCH takes calls.');
  const json = JSON.parse((await typed(['system', '--json'])).out) as readonly object[];
  expect(json).toMatchObject([{ facts: { now: { calls: 12 } } }]);
});

test('a deleted meeting is back by one word, and bans of the house are made, listed and lifted', async () => {
  expect((await typed(['meetings', 'delete', meeting.id])).out).toContain('is deleted');
  expect((await typed(['meetings', 'restore', meeting.id])).out).toContain('Standup is back.');
  const made = await typed(['bans', 'add', '+49 30 901234', '--name', 'Nuisance']);
  expect(made.out).toContain('Nuisance is banned from every meeting');
  const { out } = await typed(['bans', 'list']);
  expect(out).toMatch(/Nuisance +\+49…1234 +every meeting/);
  const id = /(\S+) +Nuisance/.exec(out)?.[1] ?? '';
  expect((await typed(['bans', 'lift', id])).out).toContain('is lifted');
  expect((await typed(['bans', 'list'])).out).not.toContain('Nuisance');
});
