import { z } from 'zod';
import { meetingWish, meetingChange, meetingView } from '../schemas/meetings.ts';
import { meetingsAsked } from '../schemas/meeting-list.ts';
import { nothing } from '../schemas/fields.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const MEETINGS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/meetings',
    summary: 'All meetings, the newest first',
    access: 'admin',
    act: 'list-meetings',
    query: meetingsAsked,
    status: 200,
    answer: z.array(meetingView),
  },
  {
    method: 'post',
    path: '/meetings',
    summary: 'Make a meeting',
    access: 'admin',
    act: 'make-meeting',
    body: meetingWish,
    status: 201,
    answer: meetingView,
  },
  {
    method: 'get',
    path: MEETING,
    summary: 'One meeting',
    access: 'admin',
    act: 'read-meeting',
    status: 200,
    answer: meetingView,
  },
  {
    method: 'patch',
    path: MEETING,
    summary: 'Change an open meeting',
    access: 'admin',
    act: 'run-meeting',
    body: meetingChange,
    status: 200,
    answer: meetingView,
  },
  {
    method: 'delete',
    path: MEETING,
    summary: 'Hang everybody up and delete the meeting; it can be had back for an hour',
    access: 'admin',
    act: 'run-meeting',
    status: 204,
  },
  {
    method: 'post',
    path: `${MEETING}/restore`,
    summary:
      'Have a deleted meeting back as it was, with its codes; its extension where nothing else has it now',
    access: 'admin',
    act: 'run-meeting',
    body: nothing,
    status: 200,
    answer: meetingView,
  },
  {
    method: 'post',
    path: `${MEETING}/end`,
    summary: 'Hang everybody up and let nobody in any more',
    access: 'admin',
    act: 'run-meeting',
    status: 200,
    answer: meetingView,
  },
];
