import { z } from 'zod';
import { auditEntryView, auditExport, auditPage, chainView } from '../schemas/audit.ts';
import type { Operation } from './operation.ts';

export const AUDIT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/audit',
    summary: 'Who did what, the newest first',
    access: 'admin',
    act: 'read-audit',
    query: auditPage,
    status: 200,
    answer: z.array(auditEntryView),
  },
  {
    method: 'get',
    path: '/audit/export',
    summary: 'The audit log in its order, as JSON lines that can be verified, or CSV',
    access: 'admin',
    act: 'read-audit',
    query: auditExport,
    status: 200,
    produces: ['application/jsonl', 'text/csv'],
  },
  {
    method: 'get',
    path: '/audit/verify',
    summary: 'Whether the chain of the audit log is whole, or its first broken link',
    access: 'admin',
    act: 'read-audit',
    status: 200,
    answer: chainView,
  },
];
