import { z } from 'zod';
import { language } from '../schemas/fields.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const INVITATIONS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: `${MEETING}/invitation`,
    summary: 'What to send to those who are to come: for a mail, or (`ics`) for calendars',
    access: 'admin',
    act: 'read-meeting',
    query: {
      format: z.enum(['text', 'html', 'ics']),
      person: z.string().meta({ description: 'with the link and the code of that `personId`' }),
      language,
    },
    status: 200,
    produces: ['text/plain', 'text/html', 'text/calendar'],
  },
];
