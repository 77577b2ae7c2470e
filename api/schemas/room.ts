import { z } from 'zod';
import { personName, time } from './fields.ts';

export const muteAllWish = z.strictObject({
  except: z.enum(['moderators', 'none']).default('moderators'),
});

export const lobbyWish = z.strictObject({ action: z.enum(['admit', 'refuse']) });

export const recordingWish = z.strictObject({ action: z.enum(['start', 'stop']) });

export const lockWish = z.strictObject({ locked: z.boolean() });

const ban = z.strictObject({
  id: z.string(),
  name: z.string(),
  number: z.string(),
  bannedAt: time,
  by: z.string(),
  until: time.optional(),
});

export const banView = ban.meta({ id: 'Ban' });

export const houseBanView = ban
  .extend({ meeting: z.strictObject({ id: z.string(), name: z.string() }).optional() })
  .meta({ id: 'HouseBan', description: 'without `meeting` it holds for every meeting' });

const id = z.string().regex(/^[\w.-]{1,64}$/, 'must be the name or id of one there is');

/** Exactly one of the three says whom; see api/house-bans.ts. */
export const houseBanWish = z
  .strictObject({
    number: z.string().max(40).optional().meta({ description: 'with its country code' }),
    account: id.optional().meta({ description: "a desk phone's user name" }),
    person: id.optional().meta({ description: 'the id of somebody in /people' }),
    name: personName.optional(),
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ examples: [{ number: '+4930901234', name: 'Nuisance caller' }] });
