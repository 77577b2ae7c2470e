import { z } from 'zod';
import { alarmView } from '../schemas/alarms.ts';
import type { Operation } from './operation.ts';

export const ALARMS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/alarms',
    summary: 'Limits on wrong codes and keys that are full, or were within 24 hours',
    access: 'admin',
    act: 'read',
    status: 200,
    answer: z.array(alarmView),
  },
  {
    method: 'delete',
    path: '/alarms/{alarmId}',
    summary: 'Lift a limit: whom it held may try again',
    access: 'admin',
    act: 'run',
    status: 204,
  },
];
