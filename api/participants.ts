import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { actorOn } from '../meetings/rules/access.ts';
import type { Caller } from '../meetings/rules/access.ts';
import type { Participant, RoomId } from '../protocol/room/room.ts';
import { rowsOf, rowWith } from '../protocol/room/rows.ts';
import { banSomebody, nameOf } from './bans.ts';
import { knownTo, permit } from './caller.ts';
import { execute } from './execute.ts';
import { forPerson } from './feed/redact.ts';
import { asked, body, participantIn, roomIn } from './input.ts';
import { meetingOf } from './meetings.ts';
import { answerPage, oldestFirst } from './paging.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { commandsFor, fieldsOf } from './row-change.ts';
import { participantsAsked, removalAsked } from './schemas/participant-list.ts';
import type { ParticipantsAsked } from './schemas/participant-list.ts';
import { participantChange } from './schemas/participants.ts';

/**
 * The people in a meeting's room, one row each. 202 means that the switch took the wish; the feed says
 * when it is so.
 */
export function participantRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/meetings/:id/participants').get(list(parts)).all(methodNotAllowed('GET'));
  router
    .route('/meetings/:id/participants/:pid')
    .patch(change(parts))
    .delete(moderatorsOnly, remove(parts))
    .all(methodNotAllowed('PATCH, DELETE'));
  return router;
}

/** Moderators of this very meeting, and those who run all. */
export const moderatorsOnly: RequestHandler = (request, response, next) => {
  permit(response, { kind: 'moderate', room: roomIn(request) });
  next();
};

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    permit(response, { kind: 'watch', room });
    const wish = asked(request, participantsAsked);
    await meetingOf(parts, room);
    const { caller } = knownTo(response);
    const rows = [room, ...parts.meetings.breakouts.breakoutsOf(room)].flatMap((at) =>
      seenRows(caller, rowsAt(parts, room, at)),
    );
    const wanted = rows.map((row) => seenBy(caller, row)).filter((row) => isWanted(row, wish));
    await answerPage(request, response, wanted, {
      wish,
      placeOf: ({ joinedAtMs, id }) => oldestFirst(joinedAtMs, id),
      view: toRow,
    });
  };
}

/** A row, and in which breakout room it is. */
type Placed = Participant & { readonly breakout?: RoomId };

function rowsAt(parts: ApiParts, main: RoomId, at: RoomId): readonly Placed[] {
  const inside = parts.rooms.rooms().get(at);
  const rows = inside === undefined ? [] : rowsOf(inside);
  return at === main ? rows : rows.map((row) => ({ ...row, breakout: at }));
}

function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    const at = placeIn(parts, request, room);
    const row = rowIn(parts, request, at);
    const wish = permittedChange(request, response, { room, row });
    await meetingOf(parts, room);
    if (!row) throw nobody();
    if (wish.admitted !== undefined && row.state !== 'lobby')
      throw refusal('conflict', 'They are not in the lobby.', { field: 'admitted' });
    const by = actorOn(knownTo(response).caller, row.personId);
    if (by !== 'self') noteWish(parts, response, { room, row });
    for (const command of commandsFor({ room: at, row, by }, wish)) await execute(parts, command);
    response.status(202).json({});
  };
}

/** Who may change nothing here is told so before what is wrong with the body. */
function permittedChange(
  request: Request,
  response: Response,
  { room, row }: { readonly room: RoomId; readonly row: Participant | undefined },
) {
  const act = { kind: 'change-row', room, personId: row?.personId } as const;
  permit(response, { ...act, fields: [] });
  const wish = body(request, participantChange);
  permit(response, { ...act, fields: fieldsOf(wish) });
  return wish;
}

function remove(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    const { ban = false } = asked(request, removalAsked);
    await meetingOf(parts, room);
    const at = placeIn(parts, request, room);
    const row = rowIn(parts, request, at);
    if (!row) throw nobody();
    if (ban) await banSomebody(parts, { room, row, caller: knownTo(response).caller });
    noteWish(parts, response, { room, row });
    await execute(parts, {
      kind: 'remove',
      room: at,
      id: row.id,
      ...(ban && { banned: true }),
    });
    response.status(202).json({});
  };
}

/** Facts say that somebody was muted, and not by whom. */
function noteWish(
  parts: ApiParts,
  response: Response,
  { room, row }: { readonly room: RoomId; readonly row: Participant },
): void {
  parts.onWish?.(row.id, nameOf(parts, room, knownTo(response).caller));
}

/** In which of the meeting's rooms they are: in its own, or a breakout room. */
function placeIn(parts: ApiParts, request: Request, room: RoomId): RoomId {
  return parts.meetings.breakouts.whereIs(room, participantIn(request)) ?? room;
}

/** The row that speaks for the leg of that id. */
function rowIn(parts: ApiParts, request: Request, room: RoomId): Participant | undefined {
  const inside = parts.rooms.rooms().get(room);
  return inside && rowWith(inside, participantIn(request));
}

function nobody() {
  return refusal('not-found', 'Nobody in this meeting has that id.');
}

const FILTERS = ['state', 'via', 'role', 'muted', 'talking', 'hand'] as const;

function isWanted(row: Participant, wish: ParticipantsAsked): boolean {
  return FILTERS.every((name) => wish[name] === undefined || row[name] === wish[name]);
}

function seenBy<T extends Participant>(caller: Caller, person: T): T {
  return caller.kind === 'person' ? forPerson(person, caller) : person;
}

/** In a room that a participant is not in they see themselves alone, as in the feed. */
export function seenRows<T extends Participant>(
  caller: Caller | undefined,
  rows: readonly T[],
): readonly T[] {
  if (caller?.kind !== 'person' || caller.role === 'moderator') return rows;
  const own = rows.filter(({ personId }) => personId === caller.personId);
  return own.some(({ state }) => state === 'joined') ? rows : own;
}

function toRow({ joinedAtMs, handAtMs, ...rest }: Placed) {
  return {
    ...rest,
    joinedAt: new Date(joinedAtMs).toISOString(),
    ...(handAtMs !== undefined && { handAt: new Date(handAtMs).toISOString() }),
  };
}
