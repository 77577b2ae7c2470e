import { z } from 'zod';
import { time } from './fields.ts';

const secretIn = z.string().min(1).max(256).meta({ writeOnly: true });

/** By the administrator's key, or by name and password. */
export const loginWish = z
  .strictObject({
    key: secretIn.optional(),
    login: z.string().min(1).max(256).optional(),
    password: secretIn.optional(),
    newPassword: secretIn
      .optional()
      .meta({ description: 'in place of a password that was good for one time' }),
  })
  .refine(
    ({ key, login, password }) =>
      key === undefined
        ? login !== undefined && password !== undefined
        : login === undefined && password === undefined,
    'must hold either a "key", or a "login" and a "password"',
  );

export const sessionView = z.discriminatedUnion('signedIn', [
  z.strictObject({
    signedIn: z.literal(false),
    ways: z.strictObject({ setup: z.boolean(), provider: z.string().optional() }),
  }),
  z.strictObject({
    signedIn: z.literal(true),
    role: z.enum(['owner', 'moderator', 'participant', 'observer']),
    personId: z.string().optional(),
    name: z.string().optional(),
    offers: z.strictObject({ recording: z.boolean(), callsToNumbers: z.boolean() }),
    expiresAt: time.optional(),
  }),
]);
