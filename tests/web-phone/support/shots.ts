import type { Page } from 'playwright-core';
import { account, allowJoining, openConsole, SIGNED_OUT } from './scenes.ts';
import type { PageServer } from './page-server.ts';
import type { Shot } from './shot.ts';
import { legId, meeting, OTHER_ROOM, person, ROOM, ticket } from './people.ts';

const problem = (status: number, detail: string) =>
  [status, { type: 'about:blank', title: 'Problem', status, detail }] as const;

/** Pages and states that every meeting has. */
export const SHOTS: readonly Shot[] = [
  { name: 'join-ready', play: openDoor },
  { name: 'join-refused', microphone: 'refused', play: refusedMicrophone },
  { name: 'join-full', play: fullMeeting },
  { name: 'join-gone', play: goneLink },
  { name: 'call-alone', play: alone },
  { name: 'call', whole: false, play: (page, server) => inCall(page, server) },
  { name: 'call-moderator', whole: false, play: moderatorCall },
  { name: 'call-keypad', whole: false, play: (page, server) => panel(page, server, 'Keypad') },
  {
    name: 'call-sound',
    whole: false,
    play: (page, server) => panel(page, server, 'Microphone and speaker'),
  },
  {
    name: 'call-phone',
    whole: false,
    play: (page, server) => panel(page, server, 'Use a phone instead'),
  },
  { name: 'call-muted', whole: false, play: mutedByModerator },
  { name: 'call-returning', whole: false, play: returning },
  { name: 'call-left', play: removed },
  { name: 'console-sign-in', play: signIn },
  { name: 'console-empty', play: emptyConsole },
  { name: 'console-create', whole: false, play: createDialog },
  { name: 'console-room', play: consoleRoom },
  { name: 'console-room-empty', play: consoleEmptyRoom },
  { name: 'console-list', play: consoleList },
  { name: 'console-confirm', whole: false, play: confirmEnd },
  { name: 'console-lost', play: lostFeed },
  { name: 'console-not-ready', play: notReady },
  { name: 'console-toast', wide: true, whole: false, play: toast },
  { name: 'console-phones', play: phones },
  { name: 'console-phones-empty', play: noPhones },
  { name: 'console-phone-settings', whole: false, play: phoneSettings },
];

async function openDoor(page: Page, server: PageServer): Promise<void> {
  allowJoining(server);
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByText('Say something').waitFor();
}

async function refusedMicrophone(page: Page, server: PageServer): Promise<void> {
  allowJoining(server, {
    role: 'moderator',
    meeting: {
      ...ticket().meeting,
      id: ROOM,
      name: 'Board meeting of the cooperative for shared telephones, winter session',
      muteOnEntry: true,
    },
  });
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  const tryIt = page.getByRole('button', { name: 'Try the microphone' });
  await tryIt.or(page.getByText('The microphone is blocked')).first().waitFor();
  if (await tryIt.isVisible()) await tryIt.click();
  await page.getByText('The microphone is blocked').waitFor();
}

async function fullMeeting(page: Page, server: PageServer): Promise<void> {
  server.sip.answer = 486;
  await openDoor(page, server);
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByText('The meeting is full').waitFor();
}

async function goneLink(page: Page, server: PageServer): Promise<void> {
  server.replies.set('GET /tickets/t1', problem(404, 'no such ticket'));
  await page.goto(`${server.url}/join/t1`);
  await page.getByText('This link does not work').waitFor();
}

async function join(page: Page, server: PageServer): Promise<void> {
  await openDoor(page, server);
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
}

function minutesAgo(minutes: number): number {
  return Date.now() - minutes * 60_000;
}

function fill(server: PageServer, own = true): void {
  server.fact({ kind: 'room-opened', room: ROOM, openedAtMs: minutesAgo(42) });
  const people = [
    person(2, {
      name: 'Grace Hopper',
      role: 'moderator',
      via: 'browser',
      talking: true,
      joinedAtMs: minutesAgo(41),
    }),
    person(3, { name: 'Meeting room West', number: '201', joinedAtMs: minutesAgo(38) }),
    person(4, {
      name: 'Hedwig Eva Maria Kiesler-Mandl from the frequency hopping group',
      number: '+43 1 5550137',
      muted: true,
      joinedAtMs: minutesAgo(21),
    }),
    person(5, {
      name: '陳美玲',
      via: 'browser',
      hand: true,
      muted: true,
      joinedAtMs: minutesAgo(12),
    }),
    person(6, {
      name: 'Tim',
      via: 'phone',
      number: '+49 30 5550199',
      held: true,
      joinedAtMs: minutesAgo(3),
    }),
  ];
  for (const each of people) server.put(ROOM, each);
  if (own)
    server.put(
      ROOM,
      person(1, {
        name: 'Ada Lovelace',
        via: 'browser',
        personId: 'person-1',
        joinedAtMs: minutesAgo(5),
      }),
    );
}

async function inCall(page: Page, server: PageServer): Promise<void> {
  fill(server);
  await join(page, server);
  await page.locator('.person').getByText('Grace Hopper').waitFor();
}

async function alone(page: Page, server: PageServer): Promise<void> {
  server.put(
    ROOM,
    person(1, {
      name: 'Ada Lovelace',
      via: 'browser',
      personId: 'person-1',
      joinedAtMs: minutesAgo(0),
    }),
  );
  await join(page, server);
  await page.getByText('You are the first').waitFor();
}

async function moderatorCall(page: Page, server: PageServer): Promise<void> {
  allowJoining(server, { role: 'moderator' });
  fill(server, false);
  server.put(
    ROOM,
    person(1, {
      name: 'Ada Lovelace',
      role: 'moderator',
      via: 'browser',
      personId: 'person-1',
      joinedAtMs: minutesAgo(5),
    }),
  );
  server.fact({ kind: 'room-updated', room: ROOM, locked: true, recording: true });
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByRole('button', { name: 'Remove Grace Hopper' }).waitFor();
}

async function panel(page: Page, server: PageServer, name: string): Promise<void> {
  await inCall(page, server);
  await page.getByRole('button', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
  if (name === 'Keypad') await page.getByRole('button', { name: 'star' }).click();
}

async function mutedByModerator(page: Page, server: PageServer): Promise<void> {
  await inCall(page, server);
  const own = server.rooms.get(ROOM)?.people.get(legId(1));
  if (own) server.put(ROOM, { ...own, muted: true });
  await page.getByText('A moderator muted you').waitFor();
}

async function returning(page: Page, server: PageServer): Promise<void> {
  await inCall(page, server);
  server.sip.answer = 'ignore';
  server.sip.breakOff();
  await page.getByText('The connection broke').waitFor();
}

async function removed(page: Page, server: PageServer): Promise<void> {
  await inCall(page, server);
  server.fact({ kind: 'participant-left', room: ROOM, id: legId(1), reason: 'removed' });
  await page.getByText('A moderator removed you').waitFor();
}

async function signIn(page: Page, server: PageServer): Promise<void> {
  server.replies.set('GET /session', [200, SIGNED_OUT]);
  server.replies.set(
    'POST /session',
    problem(401, 'That is not the admin key. It is printed when the server first starts.'),
  );
  await page.goto(`${server.url}/console`);
  await page.getByLabel('Admin key').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('That is not the admin key').waitFor();
}

async function emptyConsole(page: Page, server: PageServer): Promise<void> {
  openConsole(server, []);
  await page.goto(`${server.url}/console`);
  await page.getByText('No meetings yet').waitFor();
}

async function createDialog(page: Page, server: PageServer): Promise<void> {
  await emptyConsole(page, server);
  await page.getByRole('button', { name: 'New meeting' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Monday round');
  await page.getByText('Coming in').click();
  await page.getByLabel('Extension').fill('4');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
}

function someMeetings(server: PageServer): void {
  openConsole(server, [
    meeting({ extension: '42' }),
    meeting({ id: OTHER_ROOM, name: 'Support stand-up', createdAt: '2026-11-21T09:00:00.000Z' }),
    meeting({
      id: 'm-2222222222222222' as typeof ROOM,
      name: 'Interview with a name that is rather too long for its row',
      createdAt: '2026-11-19T09:00:00.000Z',
      muteOnEntry: true,
      maxParticipants: 12,
    }),
    meeting({ id: 'm-3333333333333333' as typeof ROOM, name: 'Kick-off', state: 'ended' }),
  ]);
  fill(server);
  server.fact({ kind: 'room-updated', room: ROOM, locked: true, recording: false });
}

async function consoleRoom(page: Page, server: PageServer): Promise<void> {
  someMeetings(server);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByText('Grace Hopper', { exact: true }).waitFor();
}

async function consoleEmptyRoom(page: Page, server: PageServer): Promise<void> {
  someMeetings(server);
  await page.goto(`${server.url}/console#/meetings/${OTHER_ROOM}`);
  await page.getByText('Nobody is here yet').waitFor();
}

async function consoleList(page: Page, server: PageServer): Promise<void> {
  someMeetings(server);
  await page.goto(`${server.url}/console`);
  await page.getByText('Support stand-up').waitFor();
}

async function confirmEnd(page: Page, server: PageServer): Promise<void> {
  await consoleRoom(page, server);
  await page.getByRole('button', { name: 'End meeting' }).click();
  await page.getByText('will be hung up').waitFor();
}

async function lostFeed(page: Page, server: PageServer): Promise<void> {
  await consoleRoom(page, server);
  server.refuseFeed = true;
  server.breakFeeds();
  await page.getByText('No connection to the server').waitFor();
}

async function notReady(page: Page, server: PageServer): Promise<void> {
  const detail = 'Wrong password. Set it in FREESWITCH.';
  server.readyz = [
    503,
    { ready: false, engines: [{ node: '127.0.0.1:8021', state: 'refused', detail }] },
  ];
  await consoleRoom(page, server);
  await page.getByText('Calls cannot come in').waitFor();
}

async function toast(page: Page, server: PageServer): Promise<void> {
  await consoleRoom(page, server);
  server.replies.set(`DELETE /meetings/${ROOM}/participants/${legId(6)}`, 'hang');
  await page.getByRole('button', { name: 'Mute Tim' }).click();
  await page.getByRole('status').getByText('nothing at').waitFor();
  await page.getByRole('button', { name: 'Remove Tim' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
}

async function phones(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  const registered = [
    {
      address: '192.0.2.17:5060',
      transport: 'udp' as const,
      since: '2026-11-22T07:00:00.000Z',
      userAgent: 'Yealink SIP-T46U 108.86',
      expiresAt: '2026-11-22T10:00:00.000Z',
    },
  ];
  server.replies.set('GET /accounts', [
    200,
    [account({ registered }), account({ username: '201', name: 'Meeting room West' })],
  ]);
  await page.goto(`${server.url}/console#/phones`);
  await page.getByText('Meeting room West').waitFor();
}

async function noPhones(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.replies.set('GET /accounts', [200, []]);
  await page.goto(`${server.url}/console#/phones`);
  await page.getByText('No desk phones yet').waitFor();
}

async function phoneSettings(page: Page, server: PageServer): Promise<void> {
  await noPhones(page, server);
  server.replies.set('POST /accounts', [201, account({ password: 'Xk4-tQ9w-77mPz' })]);
  await page.getByRole('button', { name: 'Add a phone' }).click();
  await page.getByLabel('Whose phone').fill('Reception');
  await page.getByLabel('User name').fill('reception');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('heading', { name: 'Type this' }).waitFor();
}
