import { z } from 'zod';

export const nodeView = z
  .strictObject({
    id: z.string().meta({ examples: ['10.0.0.5:8021'] }),
    state: z.enum(['up', 'doubted', 'dead']),
    draining: z.boolean(),
    people: z.int().min(0),
    rooms: z.int().min(0),
    idleCpu: z.number().min(0).max(100).optional(),
    version: z.string().optional(),
  })
  .meta({ id: 'Node' });

export const drainWish = z.strictObject({ move: z.boolean().optional() }).meta({ id: 'DrainWish' });
