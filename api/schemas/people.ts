import { z } from 'zod';
import { isLogin } from '../../meetings/rules/people.ts';
import { SCOPES } from '../../meetings/rules/scopes.ts';
import { personName, role, time } from './fields.ts';

const personRole = z.enum(['owner', 'moderator', 'participant', 'observer']);
const login = z
  .string()
  .refine(isLogin, 'must be 2 to 64 of a-z 0-9 . _ - @ +, a letter or digit first')
  .meta({ description: 'what they sign in with; an e-mail address fits' });
/** What comes in is judged by what it opens; what is to be kept, by its own rules. */
const secretIn = z.string().min(1).max(256).meta({ writeOnly: true });

export const setUpWish = z.strictObject({
  key: secretIn.meta({ description: "the administrator's key" }),
  login,
  name: personName,
  password: secretIn,
});

export const personWish = z.strictObject({ login, name: personName, role: personRole });

export const personChange = z.strictObject({
  name: personName.optional(),
  role: personRole.optional(),
  disabled: z
    .boolean()
    .optional()
    .meta({ description: 'ends their sessions and keys in the same moment' }),
});

export const personView = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: personRole,
  login: z.string().optional(),
  disabled: z.boolean().optional(),
  signsInBy: z.enum(['password', 'one-time', 'provider']).optional(),
  createdAt: time.optional(),
  lastSeenAt: time.optional(),
  oneTimePassword: z.string().optional(),
});

export const passwordWish = z.strictObject({ password: secretIn, newPassword: secretIn });

export const signedInView = z.strictObject({
  id: z.string(),
  createdAt: time,
  lastUsedAt: time,
  expiresAt: time,
  address: z.string(),
  userAgent: z.string(),
  current: z.boolean(),
});

const scope = z.enum(SCOPES);

export const keyWish = z.strictObject({
  name: personName,
  scopes: z.array(scope).min(1).max(SCOPES.length),
  expiresAt: time.optional().meta({ description: 'absent: it does not run out' }),
});

export const keyView = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  personId: z.string().optional(),
  createdAt: time,
  expiresAt: time.optional(),
  lastUsedAt: time.optional(),
  key: z.string().optional(),
});

export const ownMeetingView = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(['planned', 'open', 'ended']),
  startsAt: time.optional(),
  role,
});

export const ownTicketView = z.strictObject({
  joinUrl: z.string(),
  personalCode: z.string().regex(/^[0-9]{10}$/),
});
