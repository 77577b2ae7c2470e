import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Exception } from '../meetings/rules/schedule.ts';
import { occurrences } from '../meetings/rules/schedule.ts';
import { occurrenceView } from '../meetings/view.ts';
import { meetingOnly } from './caller.ts';
import { body, query, roomIn } from './input.ts';
import { answer, meetingOf } from './meetings.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { occurrenceChange } from './schemas/meetings.ts';

const USUAL_LIMIT = 20;
const MOST = 200;

/** The times at which a meeting takes place, and what is done to one of them. */
export function occurrenceRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/meetings/:id/occurrences')
    .all(meetingOnly)
    .get(list(parts))
    .all(methodNotAllowed('GET'));
  router
    .route('/meetings/:id/occurrences/:at')
    .all(meetingOnly)
    .patch(change(parts))
    .all(methodNotAllowed('PATCH'));
  return router;
}

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const asked = query(request, ['from', 'limit']);
    const fromMs = momentIn(asked.get('from'), 'from') ?? parts.now();
    const found = await meetingOf(parts, roomIn(request));
    response.json(occurrences(found, fromMs, limitIn(asked.get('limit'))).map(occurrenceView));
  };
}

function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { at } = request.params;
    const atMs = momentIn(typeof at === 'string' ? at : '', 'at') ?? NaN;
    const wish = body(request, occurrenceChange);
    const result = await parts.meetings.meetings.except(
      roomIn(request),
      atMs,
      exceptionOf(atMs, wish),
    );
    answer(parts, response, result);
  };
}

function exceptionOf(atMs: number, wish: z.output<typeof occurrenceChange>): Exception | undefined {
  if ('skipped' in wish) return wish.skipped ? { kind: 'skipped', atMs } : undefined;
  return wish.startsAt === null
    ? undefined
    : { kind: 'moved', atMs, startsAtMs: Date.parse(wish.startsAt) };
}

function momentIn(text: string | null, field: string): number | undefined {
  if (text === null) return undefined;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const ms = isTime ? Date.parse(text) : NaN;
  if (Number.isNaN(ms))
    throw refusal('bad-input', 'Give a time such as 2026-11-22T09:00:00Z.', { field });
  return ms;
}

function limitIn(text: string | null): number {
  if (text === null) return USUAL_LIMIT;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST)
    throw refusal('bad-input', `A limit is a whole number from 1 to ${MOST}.`, { field: 'limit' });
  return limit;
}
