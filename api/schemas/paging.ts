import { z } from 'zod';

/** What every list that can grow takes. */
export const paging = {
  limit: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1_000, 'must be at most 1000')
    .optional()
    .meta({ description: 'most entries of one answer; 200 where absent' }),
  cursor: z
    .string()
    .regex(/^[\w-]{1,700}$/, 'must be taken from the Link header of the answer before')
    .optional()
    .meta({ description: 'where the next page begins: taken from the Link header' }),
} as const;

/** `true` or `false` in a query. */
export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true');

/** A time in a query, to milliseconds since 1970. */
export const timeAsked = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-11-22T09:00:00Z' })
  .transform((text) => Date.parse(text));
