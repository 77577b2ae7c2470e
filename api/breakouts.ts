import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { Caller } from '../meetings/rules/access.ts';
import type { BreakoutSet } from '../meetings/rules/breakouts.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { rowWith, rowsOf } from '../protocol/room/rows.ts';
import { knownTo, permit } from './caller.ts';
import { body, query, roomIn } from './input.ts';
import { meetingOf } from './meetings.ts';
import { moderatorsOnly, seenRows } from './participants.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal, refusedBy } from './problems.ts';
import { breakoutClose, breakoutMove, breakoutsWish } from './schemas/breakouts.ts';

/** Smaller rooms of a meeting, for a while. */
export function breakoutRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/meetings/:id/breakouts')
    .get(show(parts))
    .post(moderatorsOnly, open(parts))
    .all(methodNotAllowed('GET, POST'));
  router
    .route('/meetings/:id/breakouts/close')
    .post(moderatorsOnly, close(parts))
    .all(methodNotAllowed('POST'));
  router
    .route('/meetings/:id/breakouts/:breakoutId/move')
    .post(move(parts))
    .all(methodNotAllowed('POST'));
  return router;
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    permit(response, { kind: 'watch', room });
    query(request, []);
    await meetingOf(parts, room);
    response.json(view(parts, setOf(parts, room), knownTo(response).caller));
  };
}

function open(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    const wish = body(request, breakoutsWish);
    await meetingOf(parts, room);
    const result = await parts.meetings.breakouts.open(room, wish);
    if (!result.ok) throw refused(result.reason);
    response.status(201).json(view(parts, result.set));
  };
}

function move(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    const { participants } = permittedMove(parts, request, response);
    await meetingOf(parts, room);
    const set = setOf(parts, room);
    const outcome = await parts.meetings.breakouts.move(set, participants, targetIn(request, set));
    if (!outcome.ok) throw refusedBy(outcome, 'participant');
    response.status(202).json({});
  };
}

function close(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    const { atOnce } = body(request, breakoutClose);
    await meetingOf(parts, room);
    setOf(parts, room);
    const set = await parts.meetings.breakouts.close(room, atOnce);
    if (set === undefined) throw none();
    response.status(202).json(view(parts, set));
  };
}

/** Moderators move anybody, and go where they like; others themselves, where people choose. */
function permittedMove(parts: ApiParts, request: Request, response: Response) {
  const room = roomIn(request);
  const { caller } = knownTo(response);
  const isOwnRoom = caller.kind === 'person' && caller.room === room;
  const mayChoose = isOwnRoom && parts.meetings.breakouts.of(room)?.self === true;
  if (!mayChoose) permit(response, { kind: 'moderate', room });
  const wish = body(request, breakoutMove);
  const isSelf = wish.participants.every(
    (leg) => isOwnRoom && personOf(parts, room, leg) === caller.personId,
  );
  if (!isSelf) permit(response, { kind: 'moderate', room });
  return wish;
}

function personOf(parts: ApiParts, main: RoomId, leg: ParticipantId): string | undefined {
  const at = parts.meetings.breakouts.whereIs(main, leg);
  const inside = at && parts.rooms.rooms().get(at);
  return inside && rowWith(inside, leg)?.personId;
}

function setOf(parts: ApiParts, room: RoomId): BreakoutSet {
  const set = parts.meetings.breakouts.of(room);
  if (set === undefined) throw none();
  return set;
}

function targetIn({ params }: Request, { main, rooms }: BreakoutSet): RoomId {
  if (params.breakoutId === 'main') return main;
  const found = rooms.find(({ id }) => id === params.breakoutId);
  if (found === undefined)
    throw refusal('not-found', 'No breakout room has that id; GET …/breakouts lists them.');
  return found.id;
}

/** Participants are told who is in the room that they are in themselves. */
function view(parts: ApiParts, set: BreakoutSet, caller?: Caller) {
  const rooms = parts.rooms.rooms();
  return {
    rooms: set.rooms.map((each) => {
      const room = rooms.get(each.id);
      const people = room === undefined ? [] : seenRows(caller, rowsOf(room));
      return { ...each, people: people.map(({ id, name }) => ({ id, name })) };
    }),
    self: set.self,
    returnWarningSeconds: set.returnWarningSeconds,
    openedAt: new Date(set.openedAtMs).toISOString(),
    ...(set.endsAtMs !== undefined && { endsAt: new Date(set.endsAtMs).toISOString() }),
  };
}

function refused(reason: 'open-already' | 'nobody-there') {
  return reason === 'open-already'
    ? refusal('breakouts-open', 'The meeting has breakout rooms already: close them first.')
    : refusal('nobody-there', 'Nobody is in the meeting now; open breakout rooms when people are.');
}

function none() {
  return refusal(
    'not-found',
    'The meeting has no breakout rooms now; POST …/breakouts opens some.',
  );
}
