import { z } from 'zod';
import { isMeetingName, isPersonId, isPersonName, isUsername } from '../meetings/rules/names.ts';

const meetingName = z
  .string()
  .trim()
  .refine(isMeetingName, 'must be 1 to 100 characters, without control characters')
  .meta({ description: '1 to 100 characters' });

const personName = z
  .string()
  .trim()
  .refine(isPersonName, "must be 1 to 64 letters, digits, spaces, emoji or .,'-_()&@+#!?*:/")
  .meta({ description: '1 to 64 letters, digits, spaces or emoji' });

const extension = z.string().regex(/^[0-9]{2,6}$/, 'must be 2 to 6 digits');
const maxParticipants = z.int().min(2).max(1_000);
const role = z.enum(['moderator', 'participant']);
const level = z.int().min(-4).max(4);

export const meetingWish = z.strictObject({
  name: meetingName,
  extension: extension.optional(),
  muteOnEntry: z.boolean().optional(),
  maxParticipants: maxParticipants.optional(),
});

/** `null` takes the extension or the limit away. */
export const meetingChange = z.strictObject({
  name: meetingName.optional(),
  extension: extension.nullable().optional(),
  muteOnEntry: z.boolean().optional(),
  maxParticipants: maxParticipants.nullable().optional(),
});

export const ticketWish = z.strictObject({
  name: personName,
  role,
  personId: z
    .string()
    .refine(isPersonId, 'must be 1 to 64 letters, digits or .@+-_')
    .optional()
    .meta({ description: 'names the person across calls' }),
});

export const softphoneWish = z.strictObject({ name: personName });

export const participantChange = z
  .strictObject({
    muted: z.boolean().optional(),
    deaf: z.boolean().optional(),
    held: z.boolean().optional(),
    volume: z.strictObject({ in: level.optional(), out: level.optional() }).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must name something to change');

export const muteAllWish = z.strictObject({
  except: z.enum(['moderators', 'none']).default('moderators'),
});
export const lockWish = z.strictObject({ locked: z.boolean() });
export const loginWish = z.strictObject({ key: z.string().min(1).max(256) });
export const nothing = z.strictObject({});

export const accountWish = z.strictObject({
  username: z
    .string()
    .refine(isUsername, 'must be a small letter, then 1 to 31 of a-z 0-9 . _ -, not "web-…"'),
  name: personName,
});

const time = z.iso.datetime();
const dialIn = z.array(z.strictObject({ label: z.string(), number: z.string(), uri: z.string() }));

export const meetingView = z.strictObject({
  id: z.string().regex(/^m-[a-z2-7]{16}$/),
  name: z.string(),
  state: z.enum(['open', 'ended']),
  extension: extension.optional(),
  muteOnEntry: z.boolean(),
  maxParticipants: z.int().optional(),
  createdAt: time,
  endedAt: time.optional(),
  codes: z.strictObject({ join: z.string(), moderator: z.string() }),
  joinUrl: z.string(),
  moderatorUrl: z.string(),
  dialIn,
  participants: z.int(),
});

const sipGrant = z.strictObject({
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
});

export const ticketAnswer = z.strictObject({
  joinUrl: z.string(),
  sip: sipGrant,
  personalCode: z.string().regex(/^[0-9]{10}$/),
  personId: z.string(),
});

export const ticketView = z.strictObject({
  meeting: z.strictObject({ id: z.string(), name: z.string(), muteOnEntry: z.boolean() }),
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

export const participantView = z.strictObject({
  id: z.string(),
  name: z.string(),
  number: z.string(),
  via: z.enum(['phone', 'browser']),
  role,
  state: z.enum(['lobby', 'joined']),
  muted: z.boolean(),
  deaf: z.boolean(),
  held: z.boolean(),
  talking: z.boolean(),
  hand: z.boolean(),
  volume: z.strictObject({ in: level, out: level }),
  joinedAt: time,
  personId: z.string().optional(),
});

export const accountView = z.strictObject({
  username: z.string(),
  name: z.string(),
  createdAt: time,
  password: z.string().optional(),
  server: z.strictObject({ address: z.string(), transports: z.array(z.enum(['udp', 'tcp'])) }),
  registered: z.array(
    z.strictObject({ address: z.string(), userAgent: z.string(), expiresAt: time }),
  ),
});

export const sessionView = z.discriminatedUnion('signedIn', [
  z.strictObject({ signedIn: z.literal(false) }),
  z.strictObject({
    signedIn: z.literal(true),
    role: z.literal('admin'),
    expiresAt: time.optional(),
  }),
]);

export const problemView = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional(),
});
