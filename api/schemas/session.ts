import { z } from 'zod';
import { time } from './fields.ts';

export const loginWish = z.strictObject({ key: z.string().min(1).max(256) });

export const sessionView = z.discriminatedUnion('signedIn', [
  z.strictObject({ signedIn: z.literal(false) }),
  z.strictObject({
    signedIn: z.literal(true),
    role: z.literal('admin'),
    offers: z.strictObject({ recording: z.boolean(), callsToNumbers: z.boolean() }),
    expiresAt: time.optional(),
  }),
]);
