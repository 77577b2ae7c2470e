import { loginWish, sessionView } from '../schemas/session.ts';
import type { Operation } from './operation.ts';

export const SESSION_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, and until when',
    access: 'anybody',
    status: 200,
    answer: sessionView,
  },
  {
    method: 'post',
    path: '/session',
    summary: 'Sign the console in: sets a cookie',
    access: 'anybody',
    body: loginWish,
    status: 200,
    answer: sessionView,
  },
  {
    method: 'delete',
    path: '/session',
    summary: 'Sign the console out',
    access: 'anybody',
    status: 204,
  },
];
