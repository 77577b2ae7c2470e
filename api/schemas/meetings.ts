import { z } from 'zod';
import { dialIn, extension, language, meetingName, time } from './fields.ts';

const maxParticipants = z.int().min(2).max(1_000);

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
