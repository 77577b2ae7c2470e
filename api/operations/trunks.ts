import { z } from 'zod';
import { trunkWish, trunkChange, trunkTest, trunkView } from '../schemas/trunks.ts';
import { paging } from '../schemas/paging.ts';
import type { Operation } from './operation.ts';

export const TRUNKS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/trunks',
    summary: 'Lines to the telephone network',
    access: 'admin',
    act: 'read',
    query: paging,
    status: 200,
    answer: z.array(trunkView),
  },
  {
    method: 'post',
    path: '/trunks',
    summary: 'Make a trunk; its password is never shown',
    access: 'admin',
    act: 'run',
    body: trunkWish,
    status: 201,
    answer: trunkView,
  },
  {
    method: 'get',
    path: '/trunks/{name}',
    summary: 'One trunk',
    access: 'admin',
    act: 'read',
    status: 200,
    answer: trunkView,
  },
  {
    method: 'patch',
    path: '/trunks/{name}',
    summary: 'Change a trunk; calls that are up stay',
    access: 'admin',
    act: 'run',
    body: trunkChange,
    status: 200,
    answer: trunkView,
  },
  {
    method: 'delete',
    path: '/trunks/{name}',
    summary: 'Delete a trunk; calls that are up stay',
    access: 'admin',
    act: 'run',
    status: 204,
  },
  {
    method: 'post',
    path: '/trunks/{name}/test',
    summary: 'Ask its server now whether it is there (OPTIONS), and say what it said',
    access: 'admin',
    act: 'run',
    status: 200,
    answer: trunkTest,
  },
];
