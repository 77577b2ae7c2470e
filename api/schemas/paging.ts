import { z } from 'zod';

function cursorLike(pattern: RegExp) {
  return z
    .string()
    .regex(pattern, 'must be taken from the Link header of the answer before')
    .optional()
    .meta({ description: 'where the next page begins: taken from the Link header' });
}

/** What every list that can grow takes. */
export const paging = {
  limit: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1_000, 'must be at most 1000')
    .optional()
    .meta({ description: 'most entries of one answer; 200 where absent' }),
  cursor: cursorLike(/^[\w-]{1,700}$/),
} as const;

/** The same of a list whose entries are numbered from 1. */
export const numberedPaging = {
  limit: paging.limit,
  cursor: cursorLike(/^[1-9]\d{0,11}$/),
} as const;

/** `true` or `false` in a query. */
export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true');

/** A time in a query, to milliseconds since 1970. */
export const timeAsked = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-11-22T09:00:00Z' })
  .transform((text) => Date.parse(text));
