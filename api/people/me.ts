import { Router } from 'express';
import type { RequestHandler, Response } from 'express';
import type { Act } from '../../meetings/rules/access.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { Person } from '../../meetings/rules/people.ts';
import { roleOf, seatOf } from '../../meetings/rules/seats.ts';
import type { ListedSession } from '../../meetings/sessions.ts';
import type { OwnMeetingView, SignedInView } from '../../protocol/http/people.ts';
import { knownTo, permit } from '../caller.ts';
import { body, query, roomIn } from '../input.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { nothing } from '../schemas/fields.ts';
import { passwordWish } from '../schemas/people.ts';
import { enter, signedInFrom } from '../session-cookie.ts';

const WRONG = { detail: 'The password you have now is another one.', field: 'password' };

/** What people do for themselves: their password, their sessions, their way into meetings. */
export function meRoutes(parts: ApiParts): Router {
  const router = Router();
  const account = forUsers({ kind: 'own-account' });
  const meetings = forUsers({ kind: 'own-meetings' });
  router
    .route('/me/password')
    .all(account)
    .post(changePassword(parts))
    .all(methodNotAllowed('POST'));
  router.route('/me/sessions').all(account).get(list(parts)).all(methodNotAllowed('GET'));
  router
    .route('/me/sessions/:sessionId')
    .all(account)
    .delete(end(parts))
    .all(methodNotAllowed('DELETE'));
  router.route('/me/meetings').all(meetings).get(ownMeetings(parts)).all(methodNotAllowed('GET'));
  router
    .route('/me/meetings/:id/ticket')
    .all(meetings)
    .post(ownTicket(parts))
    .all(methodNotAllowed('POST'));
  return router;
}

function forUsers(act: Act): RequestHandler {
  return (_request, response, next) => {
    permit(response, act);
    next();
  };
}

function changePassword(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = body(request, passwordWish);
    const person = selfOf(response);
    if (!person.password) throw refusal('conflict', 'You sign in with the identity provider.');
    const from = signedInFrom(request);
    const result = await parts.meetings.people.signIn.changePassword(person, wish, from);
    response.json(await enter(parts, response, result, WRONG));
  };
}

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const sessions = await parts.meetings.people.sessions.list(selfOf(response));
    const own = knownTo(response).session?.id;
    response.json(sessions.map((each) => sessionView(each, each.id === own)));
  };
}

function end(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { sessionId } = request.params;
    const id = typeof sessionId === 'string' ? sessionId : '';
    if (!(await parts.meetings.people.sessions.endOf(selfOf(response).id, id)))
      throw refusal('not-found', 'You have no such session; GET /api/v1/me/sessions lists them.');
    response.status(204).end();
  };
}

function ownMeetings(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { id } = selfOf(response);
    const meetings = await parts.meetings.meetings.list();
    response.json(
      meetings.flatMap((meeting) => {
        const seat = seatOf(meeting, id);
        if (seat === undefined || meeting.endedAtMs !== undefined) return [];
        return [ownView(parts, meeting, roleOf(seat))];
      }),
    );
  };
}

/** Asked again, the code is the same. Who is not named learns nothing of the meeting. */
function ownTicket(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    const { id: personId, name } = selfOf(response);
    const meeting = await parts.meetings.meetings.get(roomIn(request));
    const seat = meeting && seatOf(meeting, personId);
    if (!meeting || !seat)
      throw refusal('not-found', 'No meeting of that id names you; ask who runs it.');
    if (meeting.endedAtMs !== undefined) throw refusal('ended', 'The meeting has ended.');
    const wish = { name, role: roleOf(seat), personId };
    const { joinUrl, personalCode } = await parts.meetings.tickets.personal(meeting, wish);
    response.status(201).json({ joinUrl, personalCode });
  };
}

/** Keys and the administrator were refused before: who is here has an account. */
function selfOf(response: Response): Person {
  const { person } = knownTo(response);
  if (!person) throw refusal('forbidden', 'Sign in with an account of your own.');
  return person;
}

function ownView(parts: ApiParts, meeting: Meeting, role: OwnMeetingView['role']): OwnMeetingView {
  const { id, name, state, startsAt } = parts.meetings.views.show(meeting, 0);
  return { id, name, state, ...(startsAt !== undefined && { startsAt }), role };
}

function sessionView(session: ListedSession, current: boolean): SignedInView {
  return {
    id: session.id,
    createdAt: new Date(session.madeAtMs).toISOString(),
    lastUsedAt: new Date(session.usedAtMs).toISOString(),
    expiresAt: new Date(session.expiresAtMs).toISOString(),
    address: session.address,
    userAgent: session.userAgent,
    current,
  };
}
