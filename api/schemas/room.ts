import { z } from 'zod';
import { time } from './fields.ts';

export const muteAllWish = z.strictObject({
  except: z.enum(['moderators', 'none']).default('moderators'),
});

export const lobbyWish = z.strictObject({ action: z.enum(['admit', 'refuse']) });

export const recordingWish = z.strictObject({ action: z.enum(['start', 'stop']) });

export const lockWish = z.strictObject({ locked: z.boolean() });

export const banView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    number: z.string(),
    bannedAt: time,
    by: z.string(),
  })
  .meta({ id: 'Ban' });
