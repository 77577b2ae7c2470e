import type { AuditEntryView } from '../../../protocol/http/audit.ts';
import type { DeliveryView, WebhookView } from '../../../protocol/http/webhooks.ts';
import type { PageServer } from './page-server.ts';

const AT = '2026-11-22T12:00:00.000Z';

export const WELL: WebhookView = {
  id: 'w-mfrggzdfmztwq2lk',
  url: 'https://example.org/partyline',
  events: ['participant.joined', 'participant.left'],
  state: 'well',
  createdAt: AT,
  deliveredTo: 204,
  newest: 204,
};

export const PAUSED: WebhookView = {
  id: 'w-nzxw4zlufzxxezlt',
  url: 'https://a-server-with-a-long-name.example.org/incoming/partyline/4f8a1c2e9b7d4e6f8a1c2e9b7d4e6f',
  state: 'paused',
  pausedBecause: 'failing',
  createdAt: AT,
  deliveredTo: 180,
  newest: 204,
};

const TRIED: DeliveryView = {
  id: '3',
  delivery: 17,
  attempt: 1,
  at: AT,
  status: 204,
  ms: 38,
  ok: true,
  replay: false,
  first: 203,
  last: 204,
  events: 2,
};

export const TRIES: readonly DeliveryView[] = [
  TRIED,
  {
    ...TRIED,
    id: '2',
    delivery: 16,
    attempt: 2,
    ok: false,
    status: 503,
    first: 202,
    last: 202,
    events: 1,
  },
  {
    id: '1',
    delivery: 0,
    attempt: 1,
    at: AT,
    ms: 10_000,
    error: 'timeout',
    ok: false,
    replay: false,
    events: 0,
  },
];

export const ENTRIES: readonly AuditEntryView[] = [
  {
    seq: 12,
    at: AT,
    who: 'person p-mfrggzdfmztwq2lk',
    from: '192.0.…',
    act: 'PATCH /meetings/{id}/participants/{pid}',
    meeting: 'm-spnwk63b6dngwf6o',
    subject: '00000000-0000-4000-8000-000000000001',
    detail: 'muted=true',
    outcome: 'done',
    hash: 'ab'.repeat(32),
  },
  {
    seq: 11,
    at: AT,
    who: 'nobody',
    from: '203.0.…',
    act: 'POST /session',
    outcome: 'refused 401',
    hash: 'cd'.repeat(32),
  },
];

/** Two webhooks with what was sent to the first, and an audit log. */
export function withWebhooks({ replies }: PageServer): void {
  const one = `/webhooks/${WELL.id}`;
  replies.set('GET /webhooks', [200, [WELL, PAUSED]]);
  replies.set('POST /webhooks', [201, { ...WELL, secret: SECRET }]);
  replies.set(`GET ${one}/deliveries`, [200, TRIES]);
  replies.set(`POST ${one}/test`, [200, { ...TRIED, delivery: 0, events: 0 }]);
  replies.set(`POST ${one}/deliveries/2/replay`, [200, { ...TRIED, id: '4', replay: true }]);
  replies.set(`PATCH /webhooks/${PAUSED.id}`, [200, { ...PAUSED, state: 'well' }]);
  replies.set('GET /audit', [200, ENTRIES]);
  replies.set('GET /audit/verify', [200, { ok: true, first: 1, last: 12, hash: 'ab'.repeat(32) }]);
}

export const SECRET = 'whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=';
