import { expect, test } from 'vitest';
import { openapi } from '../../../api/openapi/document.ts';
import { webhookEvent, webhookMessage } from '../../../api/schemas/webhook-message.ts';
import { NOTHING_SEEN, translate } from '../../../meetings/rules/webhooks/translate.ts';
import { EVENT_TYPES } from '../../../protocol/http/webhooks.ts';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import type { Note } from '../../../protocol/room/feed.ts';
import { callTo, somebody } from '../../support/scripted-rooms.ts';
import { meeting } from '../../web-phone/support/people.ts';

const view = meeting();
const room = view.id;
const MADE_MS = Date.parse(view.createdAt);
const fact = (event: RoomEvent): Note => ({ kind: 'event', event });
const row = somebody(1, { personId: 'ada' });
const person = (more: Partial<typeof row>): Note =>
  fact({ kind: 'participant-updated', room, participant: { ...row, ...more } });
const standing = (locked: boolean, recording: boolean): Note =>
  fact({ kind: 'room-updated', room, locked, recording });

const NOTES: readonly Note[] = [
  { kind: 'meeting-updated', meeting: view },
  { kind: 'meeting-updated', meeting: { ...view, name: 'Other', record: true } },
  fact({ kind: 'room-opened', room, openedAtMs: MADE_MS }),
  standing(true, true),
  standing(false, false),
  person({ state: 'lobby' }),
  person({ state: 'joined' }),
  person({ muted: true, mutedBy: 'moderator' }),
  person({ muted: false }),
  person({ hand: true, handAtMs: MADE_MS }),
  person({ hand: false }),
  person({ talking: true }),
  person({ talking: false }),
  person({ name: 'Ada L.' }),
  fact({ kind: 'call-updated', room, call: callTo(2) }),
  fact({ kind: 'participant-left', room, id: row.id, reason: 'moved' }),
  fact({ kind: 'room-closed', room }),
  { kind: 'meeting-updated', meeting: { ...view, state: 'ended', endedAt: view.createdAt } },
  { kind: 'meeting-removed', id: room },
  { kind: 'alarms-updated' },
];

/** All that is told of the notes. */
function events() {
  let seen = NOTHING_SEEN;
  return NOTES.flatMap((note) => {
    const result = translate(seen, note, MADE_MS);
    seen = result.seen;
    return result.told.map((told, number) => ({
      number,
      at: view.createdAt,
      meeting: room,
      ...told,
    }));
  });
}

test('whatever a webhook is told is as the document describes it', () => {
  const all = events();
  expect([...new Set(all.map(({ type }) => type))].sort()).toEqual([...EVENT_TYPES].sort());
  for (const event of all) expect(webhookEvent.parse(event)).toEqual(event);
});

test.each([
  { number: 0, type: 'webhook.test', at: view.createdAt, data: {} },
  { number: 9, type: 'events.missed', at: view.createdAt, data: { from: 1, to: 9 } },
  { number: 9, type: 'events.missed', at: view.createdAt, data: { notes: 3 } },
])('notices are described too: %j', (notice) => {
  const message = { webhook: 'w-aaaaaaaaaaaaaaaa', delivery: 1, events: [notice] };
  expect(webhookMessage.parse(message)).toEqual(message);
});

test.each([
  { type: 'meeting.created', data: { meeting: view } },
  { type: 'participant.joined', data: {} },
  { type: 'participant.sneezed', data: {} },
])('codes, links, gaps and unknown events are not: %j', (told) => {
  expect(webhookEvent.safeParse({ number: 1, at: view.createdAt, ...told }).success).toBe(false);
});

test('the document has the message under webhooks', () => {
  const { webhooks } = openapi() as { webhooks: { events: { post: object } } };
  expect(webhooks.events.post).toMatchObject({
    requestBody: {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/WebhookMessage' } } },
    },
  });
});
