import { z } from 'zod';
import { sipGrant } from './tickets.ts';

export const lineEntry = z
  .strictObject({
    username: z.string(),
    name: z.string(),
    extension: z.string().optional(),
  })
  .meta({ id: 'LineEntry' });

export const ownPhoneView = z.strictObject({
  line: lineEntry,
  sip: sipGrant,
  numbers: z.boolean().meta({ description: 'whether numbers outside may be called at all' }),
});
