import { z } from 'zod';
import { paging } from './paging.ts';

/** Which events are asked for. */
export const eventPage = {
  from: z.coerce
    .number('must be the number of an event')
    .int('must be the number of an event')
    .min(0, 'must be the number of an event')
    .max(Number.MAX_SAFE_INTEGER, 'must be the number of an event')
    .optional()
    .meta({ description: 'the first number; a stream without it begins with a snapshot' }),
  limit: paging.limit,
} as const;

/** A page of past events, in order, as the feed told them. */
export const eventsView = z.object({
  first: z.int().meta({ description: 'oldest number that is kept' }),
  last: z.int().meta({ description: 'newest number that was given; 0 where none was' }),
  events: z.array(
    z.looseObject({
      at: z.iso.datetime(),
      seq: z.int(),
      kind: z.enum([
        'event',
        'room-restated',
        'breakouts-updated',
        'meeting-updated',
        'meeting-removed',
        'alarms-updated',
      ]),
    }),
  ),
});
