import { z } from 'zod';
import { isRoomId } from '../../protocol/room/room.ts';
import { EVENT_TYPES } from '../../protocol/http/webhooks.ts';
import { time } from './fields.ts';
import { numberedPaging } from './paging.ts';

const url = z
  .string()
  .max(2_000, 'must have 2000 characters or fewer')
  .meta({ format: 'uri', examples: ['https://example.org/partyline'] });

const events = z
  .array(z.enum(EVENT_TYPES, 'must be the name of an event'))
  .min(1, 'must name an event')
  .max(EVENT_TYPES.length)
  .meta({ description: 'absent: all but participant.talking and participant.silent' });

const meetings = z
  .array(z.string().refine(isRoomId, 'must be the id of a meeting'))
  .min(1, 'must name a meeting')
  .max(500)
  .meta({ description: 'absent: all' });

export const webhookWish = z.strictObject({
  url,
  events: events.optional(),
  meetings: meetings.optional(),
});

/** `null`: all of them. */
export const webhookChange = z
  .strictObject({
    url: url.optional(),
    events: events.nullable().optional(),
    meetings: meetings.nullable().optional(),
    paused: z.boolean().optional().meta({ description: 'false resumes it at once' }),
  })
  .refine((change) => Object.keys(change).length > 0, 'must name something to change');

const fields = {
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(EVENT_TYPES)).optional(),
  meetings: z.array(z.string()).optional(),
  state: z.enum(['well', 'retrying', 'paused']),
  pausedBecause: z.enum(['failing', 'gone', 'asked']).optional(),
  createdAt: time,
  deliveredTo: z.int(),
  newest: z.int(),
  oldSecretUntil: time.optional(),
};

export const webhookView = z.strictObject(fields).meta({ id: 'Webhook' });

export const newWebhookView = z
  .strictObject({ ...fields, secret: z.string().meta({ description: 'shown this once' }) })
  .meta({ id: 'NewWebhook' });

export const deliveryView = z
  .strictObject({
    id: z.string(),
    delivery: z.int().meta({ description: 'the number of the message; 0: a test' }),
    attempt: z.int(),
    at: time,
    status: z.int().optional(),
    ms: z.int(),
    error: z.string().optional(),
    ok: z.boolean(),
    replay: z.boolean(),
    first: z.int().optional(),
    last: z.int().optional(),
    events: z.int(),
  })
  .meta({ id: 'Delivery' });

export const deliveryPage = numberedPaging;

export const replayFrom = {
  from: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .meta({ description: 'the number of an event; all from there on are sent again' }),
};
