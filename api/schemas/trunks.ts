import { z } from 'zod';
import { isMeetingName } from '../../meetings/rules/names.ts';
import { isE164 } from '../../protocol/call/e164.ts';
import { isCidr, isServer, isTrunkName } from '../../meetings/rules/trunks.ts';
import { language } from './fields.ts';

const e164 = z
  .string()
  .refine(isE164, 'must be a number such as +4930901234')
  .meta({ examples: ['+4930901234'] });

const server = z
  .string()
  .refine(isServer, 'must be host:port, such as sip.example.org:5060')
  .meta({ examples: ['sip.example.org:5060'] });

const cidr = z
  .string()
  .refine(isCidr, 'must be a network such as 192.0.2.0/24 or 192.0.2.7/32')
  .meta({ examples: ['192.0.2.0/24'] });

const printable = /^[\x21-\x7e]{1,128}$/;

const trunkUser = z.string().regex(printable, 'must be 1 to 128 characters without blanks');

const trunkNumber = z.strictObject({
  number: e164,
  label: z.string().trim().refine(isMeetingName, 'must be 1 to 100 characters'),
  language: language.default('en'),
});

const trunkRules = {
  server,
  transport: z.enum(['udp', 'tcp', 'tls']),
  register: z.boolean(),
  addresses: z.array(cidr).max(64),
  numbers: z.array(trunkNumber).max(200),
  outbound: z.boolean(),
  trustsCallerId: z.boolean(),
};

export const trunkWish = z.strictObject({
  name: z
    .string()
    .refine(isTrunkName, 'must be a small letter, then up to 31 of a-z 0-9 -')
    .meta({ examples: ['provider'] }),
  server,
  transport: trunkRules.transport.default('udp'),
  username: trunkUser.optional(),
  password: trunkUser.optional().meta({ writeOnly: true }),
  register: trunkRules.register.default(false),
  addresses: trunkRules.addresses.default([]),
  numbers: trunkRules.numbers.default([]),
  outbound: trunkRules.outbound.default(false),
  callerId: e164.optional(),
  trustsCallerId: trunkRules.trustsCallerId.default(true),
});

/** `null` takes the user name, the password or the caller's number away. */
export const trunkChange = z.strictObject({
  ...z.strictObject(trunkRules).partial().shape,
  username: trunkUser.nullable().optional(),
  password: trunkUser.nullable().optional().meta({ writeOnly: true }),
  callerId: e164.nullable().optional(),
});

export const trunkTest = z
  .discriminatedUnion('answered', [
    z.strictObject({
      answered: z.literal(true),
      status: z.int().min(100).max(699),
      reason: z.string(),
      ms: z.int().min(0),
      agent: z.string().optional(),
    }),
    z.strictObject({ answered: z.literal(false), ms: z.int().min(0) }),
  ])
  .meta({ id: 'TrunkTest' });

const said = { status: z.int().min(300).max(699), reason: z.string() };

/** Why a trunk does not stand; `status` and `reason` are the provider's answer. */
export const trunkTrouble = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['no-login', 'no-answer', 'no-answer-to-options']) }),
    z.strictObject({
      kind: z.enum(['login-refused', 'registration-refused', 'registration-failed']),
      ...said,
    }),
  ])
  .meta({ id: 'TrunkTrouble' });

export const trunkView = z
  .strictObject({
    name: z.string(),
    ...trunkRules,
    username: z.string().optional(),
    hasPassword: z.boolean(),
    callerId: z.string().optional(),
    line: z
      .strictObject({
        state: z.enum(['registered', 'reachable', 'trying', 'refused', 'off']),
        trouble: trunkTrouble.optional(),
        detail: z.string().optional(),
      })
      .optional(),
  })
  .meta({ id: 'Trunk' });
