import { z } from 'zod';
import { personName, role, time } from './fields.ts';

/** Whom to call: a number as people type it, or a desk phone's account. */
export const callWish = z
  .strictObject({
    number: z.string().min(2).max(40).optional(),
    account: z.string().min(1).max(64).optional(),
    name: personName.optional(),
    role: role.optional(),
    me: z.literal(true).optional().meta({
      description:
        'the asker’s own phone, which then carries the sound of the asker in the browser',
    }),
  })
  .refine(
    ({ number, account }) => (number === undefined) !== (account === undefined),
    'must name either a "number" or an "account"',
  )
  .meta({ examples: [{ number: '+4930901234', name: 'Ada Lovelace' }] });

export const callView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    number: z.string(),
    state: z.enum(['calling', 'ringing', 'asked', 'joined', 'ended']),
    end: z
      .enum([
        ...(['busy', 'declined', 'no-answer', 'not-accepted'] as const),
        ...(['unreachable', 'failed', 'cancelled', 'left'] as const),
      ])
      .optional(),
    startedAt: time,
    personId: z.string().optional(),
  })
  .meta({ id: 'Call' });

export const callAnswer = z.strictObject({ id: z.string() });
