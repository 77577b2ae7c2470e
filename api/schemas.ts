import { z } from 'zod';
import { isMeetingName, isPersonId, isPersonName, isUsername } from '../meetings/rules/names.ts';
import { isE164 } from '../protocol/call/e164.ts';
import { isCidr, isServer, isTrunkName } from '../meetings/rules/trunks.ts';
import { LANGUAGES } from '../protocol/call/language.ts';

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

const language = z.enum(LANGUAGES);
const startsAt = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-11-22T09:00:00Z' })
  .meta({ description: 'until then participants wait, unless a moderator comes' });

const rules = {
  muteOnEntry: z.boolean(),
  lobby: z.boolean().meta({ description: 'participants wait until a moderator lets them in' }),
  waitForModerator: z.boolean().meta({ description: 'participants wait for a moderator' }),
  unmuteSelf: z.boolean().meta({ description: 'participants may unmute themselves' }),
  unmuteOthers: z.enum(['ask', 'allowed']).meta({
    description: 'whether a moderator opens a microphone that its owner closed, or asks for it',
  }),
  askName: z.boolean().meta({ description: 'callers nobody knows are asked for their name' }),
  entrySounds: z.enum(['none', 'tones', 'names']),
  entrySoundsUpTo: z
    .int()
    .min(0)
    .max(1_000)
    .meta({ description: 'no sounds where more are there' }),
  language,
  callMe: z.boolean().meta({ description: 'participants may let the meeting call their phone' }),
};
const ruleWishes = z.strictObject(rules).partial().shape;

export const meetingWish = z.strictObject({
  name: meetingName,
  extension: extension.optional(),
  maxParticipants: maxParticipants.optional(),
  startsAt: startsAt.optional(),
  ...ruleWishes,
});

/** `null` takes the extension, the limit or the time away. */
export const meetingChange = z.strictObject({
  name: meetingName.optional(),
  extension: extension.nullable().optional(),
  maxParticipants: maxParticipants.nullable().optional(),
  startsAt: startsAt.nullable().optional(),
  ...ruleWishes,
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
    name: personName.optional(),
    role: role.optional(),
    hand: z.boolean().optional(),
    help: z.boolean().optional(),
    admitted: z
      .boolean()
      .optional()
      .meta({ description: 'lets somebody in from the lobby, or sends them away' }),
    volume: z.strictObject({ in: level.optional(), out: level.optional() }).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must name something to change');

export const muteAllWish = z.strictObject({
  except: z.enum(['moderators', 'none']).default('moderators'),
});
export const lobbyWish = z.strictObject({ action: z.enum(['admit', 'refuse']) });
export const recordingWish = z.strictObject({ action: z.enum(['start', 'stop']) });
export const lockWish = z.strictObject({ locked: z.boolean() });
export const loginWish = z.strictObject({ key: z.string().min(1).max(256) });
export const nothing = z.strictObject({});

export const accountWish = z.strictObject({
  username: z
    .string()
    .refine(isUsername, 'must be a small letter, then 1 to 31 of a-z 0-9 . _ -, not "web-…"'),
  name: personName,
});

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
  );

const e164 = z.string().refine(isE164, 'must be a number such as +4930901234');
const server = z.string().refine(isServer, 'must be host:port, such as sip.example.org:5060');
const cidr = z.string().refine(isCidr, 'must be a network such as 192.0.2.0/24 or 192.0.2.7/32');
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
  name: z.string().refine(isTrunkName, 'must be a small letter, then up to 31 of a-z 0-9 -'),
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

const time = z.iso.datetime();
const dialIn = z.array(
  z.strictObject({
    label: z.string(),
    number: z.string(),
    uri: z.string(),
    language: language.optional(),
  }),
);

export const meetingView = z.strictObject({
  id: z.string().regex(/^m-[a-z2-7]{16}$/),
  name: z.string(),
  state: z.enum(['planned', 'open', 'ended']),
  extension: extension.optional(),
  ...rules,
  maxParticipants: z.int().optional(),
  startsAt: time.optional(),
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

export const participantView = z.strictObject({
  id: z.string(),
  name: z.string(),
  number: z.string(),
  unnamed: z.literal(true).optional(),
  via: z.enum(['phone', 'browser']),
  role,
  state: z.enum(['lobby', 'joined']),
  muted: z.boolean(),
  mutedBy: z.enum(['self', 'moderator', 'entry']).optional(),
  askedToUnmute: z.literal(true).optional(),
  deaf: z.boolean(),
  held: z.boolean(),
  onHold: z.literal(true).optional(),
  talking: z.boolean(),
  hand: z.boolean(),
  handAt: time.optional(),
  wantsHelp: z.literal(true).optional(),
  volume: z.strictObject({ in: level, out: level }),
  joinedAt: time,
  personId: z.string().optional(),
  audioBy: z.string().optional(),
});

export const banView = z.strictObject({
  id: z.string(),
  name: z.string(),
  number: z.string(),
  bannedAt: time,
  by: z.string(),
});

export const callView = z.strictObject({
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
});

export const callAnswer = z.strictObject({ id: z.string() });

export const alarmView = z.strictObject({
  id: z.string(),
  kind: z.enum(['caller', 'code-range', 'all', 'login']),
  who: z.string(),
  since: time,
  until: time,
  count: z.int(),
});

export const trunkView = z.strictObject({
  name: z.string(),
  ...trunkRules,
  username: z.string().optional(),
  hasPassword: z.boolean(),
  callerId: z.string().optional(),
  line: z
    .strictObject({
      state: z.enum(['registered', 'reachable', 'trying', 'refused', 'off']),
      detail: z.string().optional(),
    })
    .optional(),
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
    offers: z.strictObject({ recording: z.boolean(), callsToNumbers: z.boolean() }),
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
