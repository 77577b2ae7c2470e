import { z } from 'zod';
import { isParticipantId } from '../../protocol/room/room.ts';
import { meetingName, time } from './fields.ts';

const legs = z
  .array(
    z
      .string()
      .refine(isParticipantId, 'must be the id of a participant')
      .meta({ examples: ['6e2ff1a4-9c1c-4c9f-8a53-0d2b3cb1f0aa'] }),
  )
  .max(1_000);

export const breakoutsWish = z.strictObject({
  rooms: z
    .array(z.strictObject({ name: meetingName, participants: legs.optional() }))
    .min(1)
    .max(50),
  assign: z.enum(['given', 'evenly', 'self']).meta({
    description: 'as the rooms name them; everybody but moderators in turn; or people choose',
  }),
  minutes: z.int().min(1).max(1_440).optional(),
  returnWarningSeconds: z.int().min(0).max(600).default(60),
});

export const breakoutMove = z.strictObject({ participants: legs.min(1) });

export const breakoutClose = z.strictObject({
  atOnce: z.boolean().default(false).meta({ description: 'without the warning' }),
});

export const breakoutsView = z.strictObject({
  rooms: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      number: z.int(),
      people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    }),
  ),
  self: z.boolean(),
  returnWarningSeconds: z.int(),
  openedAt: time,
  endsAt: time.optional(),
});
