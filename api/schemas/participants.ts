import { z } from 'zod';
import { isParticipantId } from '../../protocol/room/room.ts';
import { level, personName, role, time } from './fields.ts';

const participantId = z.string().refine(isParticipantId, 'must be the id of a participant');

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
    unheard: z
      .strictObject({ id: participantId, on: z.boolean() })
      .optional()
      .meta({ description: 'whether this person hears that other one; nobody else is affected' }),
  })
  .refine((change) => Object.keys(change).length > 0, 'must name something to change')
  .meta({ examples: [{ muted: true }] });

/** Loss in percent; a mean opinion score from 1 to 4.5 (ITU-T G.107). */
export const quality = z.strictObject({
  mos: z.number(),
  lossPercent: z.number(),
  jitterMs: z.number(),
  roundTripMs: z.number().optional(),
});

export const participantView = z
  .strictObject({
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
    moving: z.literal(true).optional(),
    talking: z.boolean(),
    hand: z.boolean(),
    handAt: time.optional(),
    wantsHelp: z.literal(true).optional(),
    volume: z.strictObject({ in: level, out: level }),
    unheard: z.array(z.string()).optional().meta({
      description:
        'whom they do not hear by their own wish; people in the meeting see only their own',
    }),
    joinedAt: time,
    breakout: z.string().optional().meta({ description: 'the breakout room that they are in' }),
    personId: z.string().optional(),
    audioBy: z.string().optional(),
    device: z
      .string()
      .optional()
      .meta({
        description: 'what their phone or browser calls itself, unproven; not told to participants',
        examples: ['Partyline softphone (Chrome 140, Linux)'],
      }),
    codec: z
      .string()
      .optional()
      .meta({
        description: 'what their call sends, and samples a second',
        examples: ['opus/48000'],
      }),
    quality: quality.optional(),
  })
  .meta({ id: 'Participant' });
