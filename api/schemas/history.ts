import { z } from 'zod';
import { isRoomId } from '../../protocol/room/room.ts';
import { role, time } from './fields.ts';
import { flag, paging, timeAsked } from './paging.ts';
import { quality } from './participants.ts';

/** Which sessions are asked for. */
const historyFilter = {
  from: timeAsked.optional().meta({ description: 'sessions that began then or later' }),
  to: timeAsked.optional().meta({ description: 'sessions that began before' }),
  person: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'somebody who was there: their `person`, or their whole name' }),
};

export const historyPage = { ...historyFilter, ...paging };

const meeting = z.string().refine(isRoomId, 'must be the id of a meeting').optional();

export const allHistoryPage = { ...historyPage, meeting };

export const sessionExport = {
  format: z.enum(['json', 'csv']).optional().meta({ description: 'json where absent' }),
  bom: flag.optional().meta({ description: 'true: CSV begins with a byte order mark, for Excel' }),
};

export const historyExport = { ...historyFilter, meeting, ...sessionExport };

const span = z.tuple([z.int(), z.int()]).meta({ description: 'ms since the session began' });

export const sessionSummary = z.strictObject({
  id: z.string(),
  meeting: z.string(),
  name: z.string(),
  startedAt: time,
  endedAt: time.optional(),
  people: z.int(),
  most: z.int(),
});

const visit = z.strictObject({
  id: z.string(),
  name: z.string(),
  number: z.string(),
  person: z.string().optional(),
  via: z.enum(['phone', 'browser']),
  role,
  came: z.strictObject({
    way: z.enum([
      ...(['link', 'joining-code', 'moderator-code', 'personal-code'] as const),
      ...(['extension', 'called', 'unknown'] as const),
    ]),
    trunk: z.string().optional(),
    dialled: z.string().optional(),
  }),
  joinedAt: time.optional(),
  leftAt: time.optional(),
  waited: z.array(span),
  talked: z.array(span),
  talkedMs: z.int(),
  quality: quality.optional(),
  end: z
    .strictObject({
      reason: z.enum([
        ...(['hung-up', 'removed', 'refused'] as const),
        ...(['meeting-ended', 'connection-lost', 'moved', 'replaced', 'unwatched'] as const),
      ]),
      cause: z.string().optional(),
      words: z.string(),
    })
    .optional(),
  deeds: z.array(z.strictObject({ at: time, act: z.string(), by: z.string().optional() })),
});

export const sessionDetail = sessionSummary.extend({ visits: z.array(visit) });
