import type {
  AccountView,
  MeetingView,
  SessionView,
  SoftphoneGrant,
  TicketView,
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
  role: 'admin',
  expiresAt: '2026-11-22T22:00:00.000Z',
} as const satisfies SessionView;
export const SIGNED_OUT = { signedIn: false } as const satisfies SessionView;

/** Somebody is signed in to the console, and these meetings exist. */
export function openConsole(
  server: PageServer,
  meetings: readonly MeetingView[] = [meeting()],
): void {
  server.replies.set('GET /session', [200, SIGNED_IN]);
  server.replies.set('POST /session', [200, SIGNED_IN]);
  server.replies.set('DELETE /session', [204]);
  server.meetings = meetings;
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
