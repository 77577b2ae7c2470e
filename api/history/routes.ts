import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { Attended, MeetingSession } from '../../meetings/rules/attendance.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { meetingOnly, permit } from '../caller.ts';
import { asked, query, roomIn } from '../input.ts';
import { answerPage, newestFirst } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { allHistoryPage, historyExport, historyPage, sessionExport } from '../schemas/history.ts';
import { tableHead, tableRows } from './table.ts';
import { detailView, summaryView } from './views.ts';

interface Filter {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly person?: string | undefined;
  readonly meeting?: RoomId | undefined;
}

/** Who met, when and how well it sounded. */
export function historyRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/history').get(listAll(parts)).all(methodNotAllowed('GET'));
  router.route('/history/export').get(exportAll(parts)).all(methodNotAllowed('GET'));
  router
    .route('/history/people/:person')
    .delete(forgetPerson(parts))
    .all(methodNotAllowed('DELETE'));
  const of = '/meetings/:id/history';
  router.route(of).all(meetingOnly).get(listOne(parts)).all(methodNotAllowed('GET'));
  router
    .route(`${of}/:sessionId`)
    .all(meetingOnly)
    .get(show(parts))
    .delete(forget(parts))
    .all(methodNotAllowed('GET, DELETE'));
  router
    .route(`${of}/:sessionId/export`)
    .all(meetingOnly)
    .get(exportOne(parts))
    .all(methodNotAllowed('GET'));
  return router;
}

function listAll(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    permit(response, { kind: 'read' });
    const wish = asked(request, allHistoryPage);
    const meeting = wish.meeting as RoomId | undefined;
    await answer(request, response, await matching(parts, { ...wish, meeting }), wish);
  };
}

function listOne(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = asked(request, historyPage);
    const sessions = await matching(parts, { ...wish, meeting: roomIn(request) });
    await answer(request, response, sessions, wish);
  };
}

function answer(
  request: Request,
  response: Response,
  sessions: readonly MeetingSession[],
  wish: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
): Promise<void> {
  const placeOf = ({ startedAtMs, id }: MeetingSession) => newestFirst(startedAtMs, id);
  return answerPage(request, response, sessions, { wish, placeOf, view: summaryView });
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json(detailView(await sessionIn(parts, request)));
  };
}

function forget(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { session } = await sessionIn(parts, request);
    if (session.endedAtMs === undefined)
      throw refusal('conflict', 'The session goes on: it can be forgotten once it is over.');
    await parts.meetings.history.delete(session.id);
    response.status(204).end();
  };
}

function forgetPerson(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    permit(response, { kind: 'run' });
    query(request, []);
    const { person } = request.params;
    const count = await parts.meetings.history.forget(String(person));
    if (count === 0) throw refusal('not-found', 'Nobody of that name was in a session.');
    response.status(204).end();
  };
}

function exportOne(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { format = 'json', bom = false } = asked(request, sessionExport);
    const detail = detailView(await sessionIn(parts, request));
    response.attachment(`session-${detail.startedAt.slice(0, 10)}-${detail.meeting}.${format}`);
    if (format === 'json') response.json(detail);
    else response.type('text/csv').send(tableHead(bom) + tableRows(detail));
  };
}

/** One session after the other: a year of them need not fit into memory. */
function exportAll(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    permit(response, { kind: 'read' });
    const { format = 'json', bom = false, ...filter } = asked(request, historyExport);
    const meeting = filter.meeting as RoomId | undefined;
    const day = new Date(parts.now()).toISOString().slice(0, 10);
    response.attachment(`history-${day}.${format === 'csv' ? 'csv' : 'jsonl'}`);
    response.type(format === 'csv' ? 'text/csv' : 'application/jsonl');
    if (format === 'csv') response.write(tableHead(bom));
    for (const { id } of await matching(parts, { ...filter, meeting })) {
      const attended = await parts.meetings.history.read(id);
      if (attended === undefined || response.destroyed) continue;
      const detail = detailView(attended);
      response.write(format === 'csv' ? tableRows(detail) : `${JSON.stringify(detail)}\n`);
    }
    response.end();
  };
}

async function matching(
  parts: ApiParts,
  { from = 0, to = Infinity, person, meeting }: Filter,
): Promise<readonly MeetingSession[]> {
  const { history } = parts.meetings;
  const theirs = person === undefined ? undefined : await history.idsOf(person);
  return (await history.sessions()).filter(
    ({ id, room, startedAtMs }) =>
      startedAtMs >= from &&
      startedAtMs < to &&
      (meeting === undefined || room === meeting) &&
      (theirs === undefined || theirs.has(id)),
  );
}

async function sessionIn(parts: ApiParts, request: Request): Promise<Attended> {
  const { sessionId } = request.params;
  const id = typeof sessionId === 'string' && ID.test(sessionId) ? sessionId : undefined;
  const attended = id === undefined ? undefined : await parts.meetings.history.read(id);
  if (attended?.session.room === roomIn(request)) return attended;
  throw refusal('not-found', 'The meeting has no session of that id.');
}

const ID = /^\d{13}-[a-z2-7]{8}$/;
