import type { Page } from 'playwright-core';
import type { TicketView } from '../../../protocol/http/views.ts';
import type { Participant } from '../../../protocol/room/room.ts';
import type { PageServer } from './page-server.ts';
import { legId, meeting, person, ROOM, ticket } from './people.ts';
import { doToRoom } from './room-deed.ts';
import { account, alarm, allowJoining, ban, openConsole, trunk } from './scenes.ts';
import type { Shot } from './shot.ts';

/** Lobby, hands, requests, names, bans, calls out, trunks, alarms. */
export const MODERATION_SHOTS: readonly Shot[] = [
  { name: 'room-busy', play: busyRoom },
  { name: 'room-rename', whole: false, play: renaming },
  { name: 'room-remove', wide: true, whole: false, play: removing },
  { name: 'room-call-out', whole: false, play: callingOut },
  { name: 'room-settings', play: settings },
  { name: 'card', play: card },
  { name: 'trunks', play: trunks },
  { name: 'trunk-edit', whole: false, play: editTrunk },
  { name: 'alarms', play: alarms },
  { name: 'alarm-banner', whole: false, play: alarmBanner },
  { name: 'soft-door-planned', play: plannedDoor },
  { name: 'soft-lobby', play: inLobby },
  { name: 'soft-not-started', play: notStarted },
  { name: 'soft-asked', whole: false, play: asked },
  { name: 'soft-by-rule', whole: false, play: byRule },
  { name: 'soft-hand-help', whole: false, play: handAndHelp },
  { name: 'soft-call-me', whole: false, play: callMe },
  { name: 'soft-ringing', whole: false, play: ringing },
  { name: 'soft-on-phone', whole: false, play: onPhone },
  { name: 'soft-banned', play: banned },
  { name: 'soft-moderator', whole: false, play: moderating },
];

const ago = (minutes: number) => Date.now() - minutes * 60_000;
const own = person(1, {
  name: 'Ada Lovelace',
  via: 'browser',
  personId: 'person-1',
  joinedAtMs: ago(5),
});

/** Somebody of everything. */
function crowd(): readonly Participant[] {
  return [
    person(2, {
      name: 'Grace Hopper',
      role: 'moderator',
      via: 'browser',
      talking: true,
      joinedAtMs: ago(41),
    }),
    person(3, {
      name: 'Meeting room West',
      number: '201',
      muted: true,
      mutedBy: 'self',
      joinedAtMs: ago(38),
    }),
    person(4, {
      name: 'Caller …0137',
      unnamed: true,
      number: '+43…0137',
      joinedAtMs: ago(21),
      wantsHelp: true,
    }),
    person(5, {
      name: '陳美玲',
      via: 'browser',
      muted: true,
      mutedBy: 'moderator',
      hand: true,
      handAtMs: 2,
      joinedAtMs: ago(12),
    }),
    person(6, {
      name: 'Hedwig Eva Maria Kiesler-Mandl from the frequency hopping group',
      number: '+49…0199',
      muted: true,
      mutedBy: 'entry',
      askedToUnmute: true,
      hand: true,
      handAtMs: 1,
      joinedAtMs: ago(9),
    }),
    person(7, { name: 'Tim', number: '+49…0188', onHold: true, joinedAtMs: ago(3) }),
    person(8, { name: 'Mary', via: 'browser', audioBy: legId(9), muted: true, joinedAtMs: ago(3) }),
    person(9, { name: 'Mary', number: '+44…0000', joinedAtMs: ago(2) }),
    person(20, {
      name: 'Caller …0140',
      unnamed: true,
      number: '+43…0140',
      state: 'lobby',
      joinedAtMs: ago(2),
    }),
    person(21, { name: 'Alan Turing', via: 'browser', state: 'lobby', joinedAtMs: ago(1) }),
  ];
}

function fill(server: PageServer, more: readonly Participant[] = []): void {
  server.fact({ kind: 'room-opened', room: ROOM, openedAtMs: ago(42) });
  for (const each of [...crowd(), ...more]) server.put(ROOM, each);
}

function ring(server: PageServer): void {
  const call = { id: legId(30), name: 'Reception', number: 'reception', startedAtMs: Date.now() };
  server.fact({ kind: 'call-updated', room: ROOM, call: { ...call, state: 'ringing' } });
  server.fact({
    kind: 'call-updated',
    room: ROOM,
    call: { ...call, id: legId(31), name: 'Bob', number: '+49…0155', state: 'ended', end: 'busy' },
  });
}

async function busyRoom(page: Page, server: PageServer): Promise<void> {
  openConsole(server, [meeting({ lobby: true, extension: '42', muteOnEntry: true })]);
  server.replies.set(`GET /meetings/${ROOM}/bans`, [200, [ban()]]);
  fill(server);
  ring(server);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByText('waiting to be let in').waitFor();
  await page.getByText('Banned from this meeting').waitFor();
}

async function renaming(page: Page, server: PageServer): Promise<void> {
  await busyRoom(page, server);
  await page.getByRole('button', { name: 'Rename Caller …0137' }).click();
  await page.getByLabel('New name for Caller …0137').fill('Johann Wolfgang');
}

async function removing(page: Page, server: PageServer): Promise<void> {
  await busyRoom(page, server);
  await page.getByRole('button', { name: 'Remove Tim' }).click();
  await page.getByLabel('Remove and ban').click();
}

async function callingOut(page: Page, server: PageServer): Promise<void> {
  await busyRoom(page, server);
  server.replies.set('GET /accounts', [200, [account()]]);
  await doToRoom(page, 'Call somebody');
  await page.getByLabel('Desk phone or number').fill('+49 30 5550137');
}

async function settings(page: Page, server: PageServer): Promise<void> {
  await busyRoom(page, server);
  await doToRoom(page, 'Settings');
  for (const group of ['Coming in', 'Speaking']) await page.getByText(group).click();
}

async function card(page: Page, server: PageServer): Promise<void> {
  const dialIn = [
    { label: 'Berlin', number: '+4930901234', uri: 'tel:+4930901234', language: 'de' as const },
    { label: 'Office', number: '7000', uri: 'sip:7000@127.0.0.1' },
  ];
  openConsole(server, [meeting({ dialIn, startsAt: '2026-11-23T09:00:00.000Z' })]);
  await page.goto(`${server.url}/console#/meetings/${ROOM}/card`);
  await page.getByText('482 190 7735').waitFor();
}

async function trunks(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  const line = { state: 'registered' } as const;
  const trouble = { kind: 'login-refused', status: 401, reason: 'Unauthorized' } as const;
  const refused = { state: 'refused', trouble } as const;
  server.replies.set('GET /trunks', [
    200,
    [trunk({ line }), trunk({ name: 'backup', numbers: [], line: refused })],
  ]);
  await page.goto(`${server.url}/console#/trunks`);
  await page.getByText('Registered').waitFor();
}

async function editTrunk(page: Page, server: PageServer): Promise<void> {
  await trunks(page, server);
  await page.getByRole('button', { name: 'Change provider' }).click();
  await page.getByRole('dialog').waitFor();
}

function raise(server: PageServer): void {
  const until = new Date(Date.now() + 600_000).toISOString();
  server.replies.set('GET /alarms', [
    200,
    [
      alarm({ until }),
      alarm({ id: 'b', kind: 'all', who: 'numbers', until, count: 130 }),
      alarm({ id: 'c', kind: 'login', who: '192.0.2.7' }),
    ],
  ]);
}

async function alarms(page: Page, server: PageServer): Promise<void> {
  raise(server);
  openConsole(server);
  await page.goto(`${server.url}/console#/alarms`);
  await page.getByText('Somebody hunts for codes').waitFor();
}

async function alarmBanner(page: Page, server: PageServer): Promise<void> {
  raise(server);
  await busyRoom(page, server);
  await page.getByText('Wrong codes from').waitFor();
}

async function join(
  page: Page,
  server: PageServer,
  rules: Partial<TicketView['meeting']> = {},
  role: TicketView['role'] = 'participant',
): Promise<void> {
  allowJoining(server, { role, meeting: { ...ticket().meeting, ...rules } });
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByText('Say something').waitFor();
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
}

const LATER = { state: 'planned', startsAt: '2036-11-24T09:00:00.000Z' } as const;

async function plannedDoor(page: Page, server: PageServer): Promise<void> {
  const rules = { ...LATER, lobby: true, unmuteSelf: false };
  allowJoining(server, { meeting: { ...ticket().meeting, ...rules } });
  await page.goto(`${server.url}/join/t1`);
  await page.getByText('Say something').waitFor();
}

async function inLobby(page: Page, server: PageServer): Promise<void> {
  server.put(ROOM, person(20, { state: 'lobby', joinedAtMs: ago(4) }));
  server.put(ROOM, { ...own, state: 'lobby', joinedAtMs: ago(2) });
  await join(page, server, { lobby: true });
  await page.getByText('You are number 2').waitFor();
}

async function notStarted(page: Page, server: PageServer): Promise<void> {
  await join(page, server, LATER);
  await page.getByText('has not started yet').waitFor();
}

async function asked(page: Page, server: PageServer): Promise<void> {
  fill(server, [{ ...own, muted: true, mutedBy: 'self', askedToUnmute: true }]);
  await join(page, server);
  await page.getByText('A moderator asks you').waitFor();
}

async function byRule(page: Page, server: PageServer): Promise<void> {
  fill(server, [{ ...own, muted: true, mutedBy: 'entry' }]);
  await join(page, server, { unmuteSelf: false });
  await page.getByText('A moderator says who speaks').waitFor();
}

async function handAndHelp(page: Page, server: PageServer): Promise<void> {
  fill(server, [{ ...own, hand: true, handAtMs: 3, wantsHelp: true }]);
  await join(page, server);
  await page.getByText('you ask for help').waitFor();
}

async function callMe(page: Page, server: PageServer): Promise<void> {
  fill(server, [own]);
  await join(page, server, { callMe: true });
  await page.getByRole('button', { name: 'Use a phone instead' }).click();
  await page.getByRole('button', { name: 'Call my phone' }).waitFor();
}

const CALL = {
  id: legId(40),
  name: 'Ada Lovelace',
  number: '+49…0137',
  personId: 'person-1',
  startedAtMs: 1,
} as const;

async function ringing(page: Page, server: PageServer): Promise<void> {
  await callMe(page, server);
  server.fact({ kind: 'call-updated', room: ROOM, call: { ...CALL, state: 'ringing' } });
  await page.getByText('Ringing').waitFor();
}

async function onPhone(page: Page, server: PageServer): Promise<void> {
  fill(server, [own]);
  await join(page, server, { callMe: true });
  server.fact({ kind: 'call-updated', room: ROOM, call: { ...CALL, state: 'joined' } });
  server.put(
    ROOM,
    person(40, {
      name: own.name,
      number: '+49…0137',
      personId: 'person-1',
      joinedAtMs: ago(1),
    }),
  );
  server.put(ROOM, { ...own, muted: true, audioBy: legId(40) });
  await page.getByText('Your sound is on your phone').waitFor();
}

async function banned(page: Page, server: PageServer): Promise<void> {
  fill(server, [own]);
  await join(page, server);
  const detail = 'A moderator banned you from this meeting.';
  const problem = { type: 'about:blank', title: 'Not allowed', status: 403, detail };
  server.replies.set('GET /tickets/t1', [403, problem]);
  server.fact({ kind: 'participant-left', room: ROOM, id: own.id, reason: 'removed' });
  await page.getByText('You are banned').waitFor();
}

async function moderating(page: Page, server: PageServer): Promise<void> {
  fill(server, [{ ...own, role: 'moderator' }]);
  await join(page, server, {}, 'moderator');
  await page.getByText('waiting to be let in').waitFor();
}
