import { z } from 'zod';
import { isExtension } from '../../meetings/rules/codes.ts';
import { isUsername } from '../../meetings/rules/names.ts';
import { personName, time } from './fields.ts';

export const accountWish = z.strictObject({
  username: z
    .string()
    .refine(isUsername, 'must be a small letter, then 1 to 31 of a-z 0-9 . _ -, not "web-…"')
    .meta({ examples: ['desk-12'] }),
  name: personName,
});

export const accountChange = z.strictObject({
  name: personName.optional(),
  personId: z
    .string()
    .max(64)
    .nullable()
    .optional()
    .meta({ description: 'whose phone it is; null: nobody’s' }),
  extension: z
    .string()
    .refine(isExtension, 'must be two to six digits')
    .optional()
    .meta({ description: 'by which other phones call it' }),
});

export const accountView = z
  .strictObject({
    username: z.string(),
    name: z.string(),
    personId: z.string().optional(),
    extension: z.string().optional(),
    createdAt: time,
    password: z.string().optional(),
    server: z.strictObject({ address: z.string(), transports: z.array(z.enum(['udp', 'tcp'])) }),
    registered: z.array(
      z.strictObject({
        address: z.string(),
        transport: z.enum(['udp', 'tcp', 'ws']),
        userAgent: z.string(),
        since: time.optional(),
        expiresAt: time,
      }),
    ),
    lastCall: z.strictObject({ at: time, meeting: z.string() }).optional(),
    provisioning: z
      .strictObject({
        url: z.string().optional().meta({
          description:
            'what the phone is given, followed by a file’s name; shown with the password alone',
        }),
        expiresAt: time,
        fetchedAt: time.optional(),
        fetchedBy: z.string().optional(),
      })
      .optional(),
  })
  .meta({ id: 'Account' });
