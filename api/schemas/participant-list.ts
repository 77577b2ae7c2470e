import { z } from 'zod';
import { role } from './fields.ts';
import { flag, paging } from './paging.ts';

/** Which of the people in a room are asked for: those who are all of it. */
export const participantsAsked = {
  state: z.enum(['lobby', 'joined']).optional(),
  via: z.enum(['phone', 'browser']).optional(),
  role: role.optional(),
  muted: flag.optional(),
  talking: flag.optional(),
  hand: flag.optional(),
  ...paging,
} as const;

export type ParticipantsAsked = z.output<z.ZodObject<typeof participantsAsked>>;

export const removalAsked = {
  ban: flag.optional().meta({ description: 'whether they may not come back' }),
} as const;
