import { z } from 'zod';
import { callWish, callView, callAnswer } from '../schemas/calls.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const CALLS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: `${MEETING}/calls`,
    summary: 'Calls that the meeting makes, or made within the last minute',
    access: 'person',
    act: 'watch',
    status: 200,
    answer: z.array(callView),
  },
  {
    method: 'post',
    path: `${MEETING}/calls`,
    summary: 'Call somebody in; with `me` the own phone, where the meeting allows it',
    access: 'moderator',
    act: 'moderate',
    body: callWish,
    status: 202,
    answer: callAnswer,
  },
  {
    method: 'delete',
    path: `${MEETING}/calls/{callId}`,
    summary: 'Cancel a call',
    access: 'own',
    act: 'cancel-call',
    status: 202,
  },
];
