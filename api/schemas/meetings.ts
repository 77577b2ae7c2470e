import { z } from 'zod';
import { checkedRecurrence } from '../../meetings/rules/recurrence.ts';
import { isTimeZone } from '../../meetings/rules/zoned-time.ts';
import { MOST_MEMBERS } from '../../meetings/rules/seats.ts';
import { dialIn, extension, language, meetingName, role, time } from './fields.ts';

const maxParticipants = z.int().min(2).max(1_000);

const startsAt = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-11-22T09:00:00Z' })
  .meta({ description: 'until then participants wait, unless a moderator comes' });

const durationMinutes = z.int().min(1).max(1_440);
const minutes = z.int().min(0).max(1_440);
const timeZone = z
  .string()
  .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
  .meta({ description: 'IANA; the hours of a recurrence are those of the clocks there' });
const recurrence = z
  .string()
  .max(250)
  .transform((text, context) => {
    const checked = checkedRecurrence(text);
    if (checked.ok) return checked.recurrence;
    context.addIssue({ code: 'custom', message: `is wrong: ${checked.detail.replace(/\.$/, '')}` });
    return z.NEVER;
  })
  .meta({ description: 'RFC 5545 section 3.3.10, such as FREQ=WEEKLY;BYDAY=MO,WE' });

const members = z
  .array(z.strictObject({ personId: z.string().max(64), role }))
  .max(MOST_MEMBERS)
  .meta({
    description: 'people with accounts: as moderators they run it, as participants they join',
  });

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
  record: z.boolean().meta({
    description: 'recording begins when the first comes in; only where the server allows recording',
  }),
  callMe: z.boolean().meta({ description: 'participants may let the meeting call their phone' }),
  earlyEntryMinutes: minutes.meta({ description: 'participants come in so long before the start' }),
  endWithoutModeratorMinutes: minutes.meta({
    description: 'ends so long after the last moderator left; 0: it goes on',
  }),
  endWhenSilentMinutes: minutes.meta({
    description: 'ends when nobody spoke for so long; 0: never',
  }),
  endWhenEmptyMinutes: minutes.meta({
    description: 'over for this time when nobody was there for so long; 0: never',
  }),
  maxMinutes: minutes.meta({ description: 'ends so long after the first came in; 0: never' }),
};

const ruleWishes = z.strictObject(rules).partial().shape;

export const meetingWish = z.strictObject({
  name: meetingName,
  extension: extension.optional(),
  maxParticipants: maxParticipants.optional(),
  startsAt: startsAt.optional(),
  durationMinutes: durationMinutes.optional(),
  timeZone: timeZone.optional(),
  recurrence: recurrence.optional(),
  members: members.optional(),
  ...ruleWishes,
});

/** `null` takes the extension, the limit or a time away. */
export const meetingChange = z.strictObject({
  name: meetingName.optional(),
  extension: extension.nullable().optional(),
  maxParticipants: maxParticipants.nullable().optional(),
  startsAt: startsAt.nullable().optional(),
  durationMinutes: durationMinutes.nullable().optional(),
  timeZone: timeZone.nullable().optional(),
  recurrence: recurrence.nullable().optional(),
  members: members.optional(),
  ...ruleWishes,
});

/** One time of a series; `null` has it back where the recurrence has it. */
export const occurrenceChange = z.union([
  z.strictObject({ skipped: z.boolean() }),
  z.strictObject({ startsAt: startsAt.nullable() }),
]);

export const occurrenceView = z.strictObject({
  at: time,
  startsAt: time,
  endsAt: time,
  skipped: z.literal(true).optional(),
  moved: z.literal(true).optional(),
});

export const meetingView = z
  .strictObject({
    id: z.string().regex(/^m-[a-z2-7]{16}$/),
    name: z.string(),
    state: z.enum(['planned', 'open', 'ended']),
    extension: extension.optional(),
    ...rules,
    maxParticipants: z.int().optional(),
    startsAt: time.optional(),
    durationMinutes: z.int().optional(),
    timeZone: z.string().optional(),
    recurrence: z.string().optional(),
    next: occurrenceView.optional(),
    leftOut: z.array(time).optional(),
    createdAt: time,
    endedAt: time.optional(),
    codes: z.strictObject({ join: z.string(), moderator: z.string() }),
    joinUrl: z.string(),
    moderatorUrl: z.string(),
    dialIn,
    owner: z.string().optional(),
    members: members.optional(),
    participants: z.int(),
  })
  .meta({ id: 'Meeting' });
