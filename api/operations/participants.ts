import { z } from 'zod';
import { participantChange, participantView } from '../schemas/participants.ts';
import { participantsAsked, removalAsked } from '../schemas/participant-list.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const PARTICIPANTS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: `${MEETING}/participants`,
    summary: 'Who is in the room, and in its breakout rooms',
    access: 'person',
    act: 'watch',
    query: participantsAsked,
    status: 200,
    answer: z.array(participantView),
  },
  {
    method: 'patch',
    path: `${MEETING}/participants/{pid}`,
    summary: 'Mute, deafen, hold, name, let in; raise a hand, ask for help, set the volume',
    access: 'own',
    act: 'change-row',
    body: participantChange,
    status: 202,
  },
  {
    method: 'delete',
    path: `${MEETING}/participants/{pid}`,
    summary: 'Remove somebody, with all their phones; with `ban` they may not come back',
    access: 'moderator',
    act: 'moderate',
    query: removalAsked,
    status: 202,
  },
];
