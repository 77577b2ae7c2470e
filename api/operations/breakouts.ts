import { breakoutClose, breakoutMove, breakoutsView, breakoutsWish } from '../schemas/breakouts.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

const BREAKOUTS = `${MEETING}/breakouts`;

export const BREAKOUTS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: BREAKOUTS,
    summary: 'The breakout rooms that are open, and who is in which',
    access: 'person',
    act: 'watch',
    status: 200,
    answer: breakoutsView,
  },
  {
    method: 'post',
    path: BREAKOUTS,
    summary: 'Open breakout rooms and send people there; they come back by themselves at the end',
    access: 'moderator',
    act: 'moderate',
    body: breakoutsWish,
    status: 201,
    answer: breakoutsView,
  },
  {
    method: 'post',
    path: `${BREAKOUTS}/{breakoutId}/move`,
    summary: 'Move people to a breakout room, or (`main`) back; themselves, where people choose',
    access: 'own',
    act: 'moderate',
    body: breakoutMove,
    status: 202,
  },
  {
    method: 'post',
    path: `${BREAKOUTS}/close`,
    summary: 'Bring everybody back, after the warning or at once',
    access: 'moderator',
    act: 'moderate',
    body: breakoutClose,
    status: 202,
    answer: breakoutsView,
  },
];
