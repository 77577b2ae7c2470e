import { z } from 'zod';
import { accountChange, accountView, accountWish } from '../schemas/accounts.ts';
import { paging } from '../schemas/paging.ts';
import type { Operation } from './operation.ts';

export const ACCOUNTS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/accounts',
    summary: "All desk phones' accounts",
    access: 'admin',
    act: 'read',
    query: paging,
    status: 200,
    answer: z.array(accountView),
  },
  {
    method: 'post',
    path: '/accounts',
    summary:
      'Make an account; its password is shown once, and a phone may fetch it from `provisioning.url`',
    access: 'admin',
    act: 'run',
    body: accountWish,
    status: 201,
    answer: accountView,
  },
  {
    method: 'get',
    path: '/accounts/{username}',
    summary: 'One account',
    access: 'admin',
    act: 'read',
    status: 200,
    answer: accountView,
  },
  {
    method: 'patch',
    path: '/accounts/{username}',
    summary: 'Rename an account, or say whose phone it is; what is registered stays',
    access: 'admin',
    act: 'run',
    body: accountChange,
    status: 200,
    answer: accountView,
  },
  {
    method: 'delete',
    path: '/accounts/{username}',
    summary: 'Delete an account; it can be had back for an hour',
    access: 'admin',
    act: 'run',
    status: 204,
  },
  {
    method: 'post',
    path: '/accounts/{username}/restore',
    summary: 'Have a deleted account back, with its password as it was',
    access: 'admin',
    act: 'run',
    status: 200,
    answer: accountView,
  },
  {
    method: 'post',
    path: '/accounts/{username}/rotate',
    summary:
      'A new password, shown once; a phone may fetch it from `provisioning.url` for a quarter of an hour',
    access: 'admin',
    act: 'run',
    status: 200,
    answer: accountView,
  },
];
