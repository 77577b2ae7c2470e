import { z } from 'zod';
import { meetingView, occurrenceChange, occurrenceView } from '../schemas/meetings.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const OCCURRENCES_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: `${MEETING}/occurrences`,
    summary: 'When the meeting takes place, from a time on; those that were taken out among them',
    access: 'admin',
    act: 'read-meeting',
    query: { from: z.iso.datetime({ offset: true }), limit: z.int().min(1).max(200) },
    status: 200,
    answer: z.array(occurrenceView),
  },
  {
    method: 'patch',
    path: `${MEETING}/occurrences/{at}`,
    summary: 'Take one time of a series out, move it, or have it back',
    access: 'admin',
    act: 'run-meeting',
    body: occurrenceChange,
    status: 200,
    answer: meetingView,
  },
];
