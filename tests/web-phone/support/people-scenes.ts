import type {
  KeyView,
  OwnMeetingView,
  PersonView,
  SignedInView,
} from '../../../protocol/http/people.ts';
import type { SessionView } from '../../../protocol/http/views.ts';
import type { PageServer } from './page-server.ts';
import { ROOM } from './people.ts';
import { openConsole, SIGNED_IN } from './scenes.ts';

export const ADA: PersonView = {
  id: 'p-aaaaaaaaaaaaaaaa',
  name: 'Ada Lovelace',
  role: 'owner',
  login: 'ada@example.org',
  disabled: false,
  signsInBy: 'password',
  createdAt: '2026-11-20T09:00:00.000Z',
  lastSeenAt: '2026-11-22T08:30:00.000Z',
};
export const BEN: PersonView = {
  ...ADA,
  id: 'p-bbbbbbbbbbbbbbbb',
  name: 'Ben Okri',
  role: 'moderator',
  login: 'ben',
  signsInBy: 'one-time',
};
export const CLEO: PersonView = {
  ...ADA,
  id: 'p-cccccccccccccccc',
  name: 'Cleo Bandalong-Montgomery',
  role: 'observer',
  login: 'cleo.bandalong-montgomery@longest.example.org',
  disabled: true,
};

export const KEY: KeyView = {
  id: 'k'.repeat(16),
  name: 'Calendar',
  scopes: ['meetings:read', 'meetings:write'],
  createdAt: '2026-11-20T09:00:00.000Z',
  expiresAt: '2027-02-18T09:00:00.000Z',
  lastUsedAt: '2026-11-22T08:30:00.000Z',
};

const SESSION: SignedInView = {
  id: 's1',
  createdAt: '2026-11-22T08:00:00.000Z',
  lastUsedAt: '2026-11-22T08:50:00.000Z',
  expiresAt: '2026-11-22T20:00:00.000Z',
  address: '192.0.2.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
  current: true,
};
export const ELSEWHERE: SignedInView = {
  ...SESSION,
  id: 's2',
  address: '198.51.100.4',
  current: false,
};

const MEETING: OwnMeetingView = {
  id: ROOM,
  name: 'Monday round',
  state: 'open',
  role: 'participant',
};

/** The console as somebody with an account sees it. */
export function openAs(server: PageServer, { id, name, role }: PersonView): void {
  openConsole(server);
  const view = { ...SIGNED_IN, role, personId: id, name } satisfies SessionView;
  server.replies.set('GET /session', [200, view]);
  server.replies.set('GET /people', [200, [ADA, BEN, CLEO]]);
  server.replies.set('GET /keys', [200, [KEY]]);
  server.replies.set('GET /me/sessions', [200, [SESSION, ELSEWHERE]]);
  server.replies.set('GET /me/meetings', [200, [MEETING]]);
}
