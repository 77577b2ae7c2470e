import { z } from 'zod';
import { announcementView, announceWish } from '../schemas/announcements.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const ANNOUNCEMENTS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/announcements',
    summary: 'Recordings of the operator that can be played into a room, and how long they are',
    access: 'admin',
    act: 'list-meetings',
    status: 200,
    answer: z.array(announcementView),
  },
  {
    method: 'post',
    path: `${MEETING}/announce`,
    summary: 'Play one of them to everybody in the room, or to its moderators alone',
    access: 'moderator',
    act: 'moderate',
    body: announceWish,
    status: 202,
  },
];
