import { z } from 'zod';
import { isAnnouncementName } from '../../protocol/http/announcements.ts';

export const announcementView = z
  .strictObject({ name: z.string(), seconds: z.number() })
  .meta({ id: 'Announcement' });

export const announceWish = z.strictObject({
  sound: z
    .string()
    .refine(isAnnouncementName, 'must be 1 to 64 of a-z 0-9 -')
    .meta({ description: 'as GET /announcements names it', examples: ['fire-drill'] }),
  to: z.enum(['everybody', 'moderators']).default('everybody'),
});
