import { z } from 'zod';
import { time } from './fields.ts';

export const alarmView = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['caller', 'code-range', 'all', 'login', 'webhook']),
    who: z.string(),
    since: time,
    until: time,
    count: z.int(),
  })
  .meta({ id: 'Alarm' });
