import { z } from 'zod';
import { isRoomId } from '../../protocol/room/room.ts';
import { time } from './fields.ts';
import { numberedPaging, timeAsked } from './paging.ts';

const words = z.string().max(100, 'must have 100 characters or fewer');

/** What of the audit log is asked for. */
const auditFilter = {
  meeting: z.string().refine(isRoomId, 'must be the id of a meeting').optional(),
  who: words.optional().meta({ description: 'part of who did it' }),
  act: words.optional().meta({ description: 'part of what was done' }),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  since: timeAsked.optional().meta({ description: 'not before this time' }),
  until: timeAsked.optional().meta({ description: 'before this time' }),
};

export const auditPage = {
  ...auditFilter,
  ...numberedPaging,
};

export const auditExport = {
  ...auditFilter,
  format: z.enum(['jsonl', 'csv']).optional().meta({ description: 'jsonl where absent' }),
};

export const auditEntryView = z.strictObject({
  seq: z.int(),
  at: time,
  who: z.string(),
  from: z.string(),
  act: z.string(),
  meeting: z.string().optional(),
  subject: z.string().optional(),
  detail: z.string().optional(),
  outcome: z.string(),
  hash: z.string(),
});

export const chainView = z.union([
  z.strictObject({ ok: z.literal(true), first: z.int(), last: z.int(), hash: z.string() }),
  z.strictObject({
    ok: z.literal(false),
    seq: z.int(),
    fault: z.enum(['missing', 'changed', 'not-linked', 'seal-forged', 'seal-differs']),
  }),
]);
