import { z } from 'zod';
import { extension } from './fields.ts';
import { paging, timeAsked } from './paging.ts';

/** Which meetings are asked for: those that are all of it. */
export const meetingsAsked = {
  state: z.enum(['planned', 'open', 'ended']).optional(),
  name: z
    .string()
    .min(1, 'must be at least 1 character')
    .max(100, 'must be at most 100 characters')
    .optional()
    .meta({ description: 'part of the name, in capitals or not' }),
  extension: extension.optional(),
  startsFrom: timeAsked.optional().meta({ description: 'the earliest startsAt' }),
  startsBefore: timeAsked.optional().meta({ description: 'later than any startsAt' }),
  ...paging,
} as const;

export type MeetingsAsked = z.output<z.ZodObject<typeof meetingsAsked>>;
