import { z } from 'zod';
import { isPersonId } from '../../meetings/rules/names.ts';
import { dialIn, language, personName, role, time } from './fields.ts';

export const ticketWish = z.strictObject({
  name: personName,
  role,
  personId: z
    .string()
    .refine(isPersonId, 'must be 1 to 64 letters, digits or .@+-_')
    .optional()
    .meta({ description: 'names the person across calls' }),
});

export const softphoneWish = z.strictObject({
  name: personName,
  back: z.boolean().optional().meta({
    description:
      'with the feed token of an earlier grant: the call broke, and this one takes its place, as it stood',
  }),
});

export const sipGrant = z
  .strictObject({
    uri: z.string(),
    username: z.string(),
    password: z.string(),
    wsUrl: z.string(),
    expiresAt: time,
    iceServers: z
      .array(
        z.strictObject({
          urls: z.array(z.string()),
          username: z.string().optional(),
          credential: z.string().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'SipGrant' });

export const ticketAnswer = z.strictObject({
  joinUrl: z.string(),
  sip: sipGrant,
  personalCode: z.string().regex(/^[0-9]{10}$/),
  personId: z.string(),
});

export const ticketView = z.strictObject({
  meeting: z.strictObject({
    id: z.string(),
    name: z.string(),
    state: z.enum(['planned', 'open']),
    startsAt: time.optional(),
    muteOnEntry: z.boolean(),
    lobby: z.boolean(),
    waitForModerator: z.boolean(),
    unmuteSelf: z.boolean(),
    unmuteOthers: z.enum(['ask', 'allowed']),
    callMe: z.boolean(),
    language,
  }),
  role,
  name: z.string().optional(),
  dialIn,
  code: z.string(),
});

export const softphoneGrant = z.strictObject({
  sip: sipGrant,
  target: z.string(),
  feedToken: z.string(),
  personId: z.string(),
  name: z.string(),
  role,
});
