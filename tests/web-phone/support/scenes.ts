import type {
  AccountView,
  AlarmView,
  BanView,
  MeetingView,
  SessionView,
  SoftphoneGrant,
  TicketView,
  TrunkView,
} from '../../../protocol/http/views.ts';
import { ROOM, meeting, ticket } from './people.ts';
import type { PageServer } from './page-server.ts';

/** A ticket that works, and everything a call with it needs. */
export function allowJoining(server: PageServer, part: Partial<TicketView> = {}): void {
  const view = ticket(part);
  server.replies.set('GET /tickets/t1', [200, view]);
  const grant: SoftphoneGrant = {
    sip: {
      uri: 'sip:w-1@127.0.0.1',
      username: 'w-1',
      password: 'secret',
      wsUrl: server.sipUrl,
      expiresAt: '2026-11-22T10:00:00.000Z',
    },
    target: `sip:${ROOM}@127.0.0.1`,
    feedToken: 'feed-token',
    personId: 'person-1',
    name: 'Ada Lovelace',
    role: view.role,
  };
  server.replies.set('POST /tickets/t1/softphone', [200, grant]);
}

export const SIGNED_IN = {
  signedIn: true,
  role: 'owner',
  offers: { recording: true, callsToNumbers: true },
  expiresAt: '2026-11-22T22:00:00.000Z',
} as const satisfies SessionView;
export const SIGNED_OUT = {
  signedIn: false,
  ways: { setup: true },
} as const satisfies SessionView;

const HOUSE = ['/accounts', '/trunks', '/alarms', '/bans', '/people', '/keys'] as const;

/** Somebody is signed in to the console, and these meetings exist. */
export function openConsole(
  server: PageServer,
  meetings: readonly MeetingView[] = [meeting()],
): void {
  server.replies.set('GET /session', [200, SIGNED_IN]);
  server.replies.set('POST /session', [200, SIGNED_IN]);
  server.replies.set('DELETE /session', [204]);
  for (const path of [...HOUSE, ...meetings.map(bansOf)])
    if (!server.replies.has(`GET ${path}`)) server.replies.set(`GET ${path}`, [200, []]);
  server.meetings = meetings;
}

function bansOf({ id }: MeetingView): string {
  return `/meetings/${id}/bans`;
}

export function alarm(part: Partial<AlarmView> = {}): AlarmView {
  return {
    id: 'a'.repeat(40),
    kind: 'caller',
    who: '+49…0137',
    since: '2026-11-22T08:50:00.000Z',
    until: '2026-11-22T09:05:00.000Z',
    count: 7,
    ...part,
  };
}

export function ban(part: Partial<BanView> = {}): BanView {
  return {
    id: 'b1',
    name: 'Tim',
    number: '+49…0199',
    bannedAt: '2026-11-22T08:55:00.000Z',
    by: 'console',
    ...part,
  };
}

export function trunk(part: Partial<TrunkView> = {}): TrunkView {
  return {
    name: 'provider',
    server: 'sip.example.org:5060',
    transport: 'udp',
    username: 'party',
    hasPassword: true,
    register: true,
    addresses: [],
    numbers: [{ number: '+4930901234', label: 'Berlin', language: 'de' }],
    outbound: true,
    callerId: '+4930901234',
    trustsCallerId: true,
    ...part,
  };
}

export function account(part: Partial<AccountView> = {}): AccountView {
  return {
    username: 'reception',
    name: 'Reception',
    createdAt: '2026-11-20T09:00:00.000Z',
    server: { address: 'pbx.example:5060', transports: ['udp', 'tcp'] },
    registered: [],
    ...part,
  };
}
