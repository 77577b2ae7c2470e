import { z } from 'zod';
import { isRoomId } from '../../protocol/room/room.ts';
import { time } from './fields.ts';
import { paging } from './paging.ts';

export const recordingsPage = {
  meeting: z.string().refine(isRoomId, 'must be the id of a meeting').optional(),
  ...paging,
};

const format = z.enum(['wav', 'mp3', 'opus']);

export const audioAsked = {
  format: format.optional().meta({ description: 'wav where absent' }),
  download: z.enum(['true', 'false']).optional().meta({ description: 'true: as a file to keep' }),
};

export const recordingChange = z
  .strictObject({
    published: z
      .boolean()
      .optional()
      .meta({ description: 'whoever has its address may listen', examples: [true] }),
    meta: z
      .record(
        z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'must be letters, digits, _ and -'),
        z.string().max(1_000, 'must have 1000 characters or fewer'),
      )
      .refine((meta) => Object.keys(meta).length <= 50, 'must have 50 names or fewer')
      .optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must name something to change');

export const recordingView = z.strictObject({
  id: z.string(),
  meeting: z.string(),
  name: z.string(),
  state: z.enum(['recording', 'done']),
  startedAt: time,
  endedAt: time.optional(),
  durationMs: z.int(),
  bytes: z.int(),
  published: z.boolean(),
  url: z.string().optional(),
  meta: z.record(z.string(), z.string()),
  formats: z.array(format),
});
