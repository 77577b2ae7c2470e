import { Router } from 'express';
import type { RequestHandler, Response } from 'express';
import type { AuditEntry } from '../../meetings/rules/audit.ts';
import type { AuditEntryView } from '../../protocol/http/audit.ts';
import { onlyWhoMay } from '../caller.ts';
import { csvLines } from '../csv.ts';
import { asked, query } from '../input.ts';
import { linkNext } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed } from '../problems.ts';
import { auditExport, auditPage } from '../schemas/audit.ts';
import { allOf, newestOf } from './search.ts';

const STANDARD = 100;

/** Who did what; nothing here changes it. */
export function auditRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/audit').all(auditors).get(list(parts)).all(methodNotAllowed('GET'));
  router.route('/audit/export').all(auditors).get(download(parts)).all(methodNotAllowed('GET'));
  router.route('/audit/verify').all(auditors).get(verify(parts)).all(methodNotAllowed('GET'));
  return router;
}

const auditors = onlyWhoMay({ kind: 'read-audit' });

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { limit = STANDARD, cursor, ...filter } = asked(request, auditPage);
    const below = cursor === undefined ? undefined : Number(cursor);
    const { entries, next } = await newestOf(parts.meetings.audit, filter, { below, limit });
    linkNext(request, response, next === undefined ? undefined : String(next));
    response.json(entries.map(view));
  };
}

function download(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { format = 'jsonl', ...filter } = asked(request, auditExport);
    const day = new Date(parts.now()).toISOString().slice(0, 10);
    response.attachment(`audit-${day}.${format}`);
    response.type(format === 'csv' ? 'text/csv' : 'application/jsonl');
    if (format === 'csv') response.write(csvLines([COLUMNS]));
    for await (const entries of allOf(parts.meetings.audit, filter)) {
      const rows = format === 'csv' ? csvLines(entries.map(row)) : entries.map(jsonLine).join('');
      if (!(await written(response, rows))) return;
    }
    response.end();
  };
}

function verify(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json(await parts.meetings.audit.verify());
  };
}

/** Waits for a slow reader; false once it is gone. */
async function written(response: Response, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(text)) return true;
  await new Promise<void>((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
  return !response.destroyed;
}

function view(entry: AuditEntry): AuditEntryView {
  const { seq, atMs, who, from, act, meeting, subject, detail, outcome, hash } = entry;
  const about = { meeting, subject, detail };
  return { seq, at: new Date(atMs).toISOString(), who, from, act, ...about, outcome, hash };
}

/** As it is kept, so that the chain can be checked from it. */
function jsonLine(entry: AuditEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

const COLUMNS = ['seq', 'at', 'who', 'from', 'act', 'meeting', 'subject', 'detail', 'outcome'];

function row(entry: AuditEntry) {
  const { seq, atMs, who, from, act, meeting, subject, detail, outcome } = entry;
  return [seq, new Date(atMs).toISOString(), who, from, act, meeting, subject, detail, outcome];
}
