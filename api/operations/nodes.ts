import { z } from 'zod';
import { drainWish, nodeView } from '../schemas/nodes.ts';
import type { Operation } from './operation.ts';

export const NODES_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/nodes',
    summary: 'The FreeSWITCHes: how they stand and what they carry',
    access: 'admin',
    act: 'read',
    status: 200,
    answer: z.array(nodeView),
  },
  {
    method: 'post',
    path: '/nodes/{nodeId}/drain',
    summary: 'No new rooms on a FreeSWITCH; with `move` its rooms go on at the others at once',
    access: 'admin',
    act: 'run',
    body: drainWish,
    status: 202,
    answer: nodeView,
  },
  {
    method: 'post',
    path: '/nodes/{nodeId}/undrain',
    summary: 'Rooms may come to a FreeSWITCH again',
    access: 'admin',
    act: 'run',
    status: 202,
    answer: nodeView,
  },
];
