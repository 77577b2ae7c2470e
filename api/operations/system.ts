import { systemView } from '../schemas/system.ts';
import type { Operation } from './operation.ts';

export const SYSTEM_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/system',
    summary: 'How the server and all that it stands on are, and what is to be mended',
    access: 'admin',
    act: 'read',
    status: 200,
    answer: systemView,
  },
];
