import { z } from 'zod';
import { callView } from './calls.ts';
import { time } from './fields.ts';
import { meetingView } from './meetings.ts';
import { participantView } from './participants.ts';

/** No codes, no links, and nothing that changes by the second. */
const meeting = meetingView
  .omit({ codes: true, joinUrl: true, moderatorUrl: true, dialIn: true })
  .omit({ owner: true, members: true, participants: true, next: true, earlyEntryMinutes: true })
  .omit({ endWithoutModeratorMinutes: true, endWhenSilentMinutes: true })
  .omit({ endWhenEmptyMinutes: true, maxMinutes: true })
  .meta({ id: 'WebhookMeeting' });
const participant = participantView
  .omit({ moving: true, talking: true, breakout: true, quality: true })
  .meta({ id: 'WebhookParticipant' });

const nothing = z.strictObject({});
const reason = z
  .enum(['hung-up', 'removed', 'refused', 'meeting-ended', 'connection-lost', 'moved', 'replaced'])
  .meta({ description: 'moved: to a breakout room, or back' });
const missed = z
  .union([
    z.strictObject({ from: z.int(), to: z.int() }),
    z.strictObject({
      notes: z.int().meta({ description: 'that nobody could translate any more' }),
    }),
  ])
  .meta({ description: 'the numbers of the first and the last event that are gone' });

const head = { number: z.int(), at: time, meeting: z.string().optional() };

function about<T extends readonly string[]>(types: T, data: z.ZodType) {
  return z.strictObject({ ...head, type: z.enum(types), data });
}

/** One event, as a webhook is sent it. */
export const webhookEvent = z
  .union([
    about(['meeting.created', 'meeting.updated', 'meeting.ended'], z.strictObject({ meeting })),
    about(['meeting.deleted'], z.strictObject({ meeting: z.strictObject({ id: z.string() }) })),
    about(['meeting.started', 'meeting.emptied', 'meeting.locked', 'meeting.unlocked'], nothing),
    about(['recording.started', 'recording.stopped', 'alarms.updated', 'webhook.test'], nothing),
    about(
      [
        ...(['participant.waiting', 'participant.joined', 'participant.updated'] as const),
        ...(['participant.muted', 'participant.unmuted'] as const),
        ...(['participant.hand_raised', 'participant.hand_lowered'] as const),
        ...(['participant.talking', 'participant.silent'] as const),
      ],
      z.strictObject({ participant }),
    ),
    about(['participant.left'], z.strictObject({ participant, reason })),
    about(['call.updated'], z.strictObject({ call: callView })),
    about(['events.missed'], missed),
  ])
  .meta({ id: 'WebhookEvent' });

/** The body of a POST to a webhook. */
export const webhookMessage = z
  .strictObject({
    webhook: z.string(),
    delivery: z.int().meta({ description: 'rises by one with each message; 0: a test' }),
    events: z.array(webhookEvent),
  })
  .meta({ id: 'WebhookMessage' });
