import { z } from 'zod';
import {
  allHistoryPage,
  historyExport,
  historyPage,
  sessionDetail,
  sessionExport,
  sessionSummary,
} from '../schemas/history.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

const SESSION = `${MEETING}/history/{sessionId}`;

export const HISTORY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/history',
    summary: 'Sessions of all meetings, the newest first',
    access: 'admin',
    act: 'read',
    query: allHistoryPage,
    status: 200,
    answer: z.array(sessionSummary),
  },
  {
    method: 'get',
    path: '/history/export',
    summary: 'Everybody who was in sessions, as CSV (RFC 4180) or JSON lines',
    access: 'admin',
    act: 'read',
    query: historyExport,
    status: 200,
    produces: ['application/jsonl', 'text/csv'],
  },
  {
    method: 'delete',
    path: '/history/people/{person}',
    summary: 'Forget somebody in all sessions that are over, by their `person` or their whole name',
    access: 'admin',
    act: 'run',
    status: 204,
  },
  {
    method: 'get',
    path: `${MEETING}/history`,
    summary: 'Sessions of a meeting, the newest first',
    access: 'admin',
    act: 'read-meeting',
    query: historyPage,
    status: 200,
    answer: z.array(sessionSummary),
  },
  {
    method: 'get',
    path: SESSION,
    summary: 'One session: who was there, when, and who talked when',
    access: 'admin',
    act: 'read-meeting',
    status: 200,
    answer: sessionDetail,
  },
  {
    method: 'delete',
    path: SESSION,
    summary: 'Forget a session that is over',
    access: 'admin',
    act: 'run-meeting',
    status: 204,
  },
  {
    method: 'get',
    path: `${SESSION}/export`,
    summary: 'Everybody who was in one session, as CSV (RFC 4180) or JSON',
    access: 'admin',
    act: 'read-meeting',
    query: sessionExport,
    status: 200,
    produces: ['application/json', 'text/csv'],
  },
];
