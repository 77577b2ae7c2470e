import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { Caller } from '../meetings/rules/access.ts';
import type { Ban, Marks } from '../meetings/rules/bans.ts';
import type { BanView } from '../protocol/http/views.ts';
import type { Participant, RoomId } from '../protocol/room/room.ts';
import { permit } from './caller.ts';
import { asked, query, roomIn } from './input.ts';
import { meetingOf } from './meetings.ts';
import { answerPage, newestFirst } from './paging.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { paging } from './schemas/paging.ts';

/** Who may not come in any more; bans are made by removing somebody with `ban=true`. */
export function banRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/meetings/:id/bans').get(list(parts)).all(methodNotAllowed('GET'));
  router.route('/meetings/:id/bans/:banId').delete(lift(parts)).all(methodNotAllowed('DELETE'));
  return router;
}

interface Banned {
  readonly room: RoomId;
  readonly row: Participant;
  readonly caller: Caller;
}

/**
 * Keeps somebody out by all that is known of them: person, account, number. The whole number is asked
 * of the switch's side for this and shown to nobody. Throws where nothing is known.
 */
export async function banSomebody(parts: ApiParts, { room, row, caller }: Banned): Promise<void> {
  const meeting = await meetingOf(parts, room);
  if (meeting.endedAtMs !== undefined)
    throw refusal('conflict', 'The meeting has ended: nobody comes in any more.');
  const identity = await parts.rooms.identityOf?.(row.id);
  const marks: Marks = { ...identity, ...(row.personId && { personId: row.personId }) };
  const by = nameOf(parts, room, caller);
  const result = await parts.meetings.bans.add(room, { name: row.name, marks, by });
  if (result.ok) return;
  const why =
    result.reason === 'too-many'
      ? 'The meeting has 500 bans already: lift some, or let people wait in the lobby.'
      : 'Nothing tells this caller from others: remove them without a ban, and lock the meeting.';
  throw refusal('conflict', why, { field: 'ban' });
}

/** Who did something, for people to read; without a room, one who has an account or the key. */
export function nameOf(parts: ApiParts, room: RoomId | undefined, caller: Caller): string {
  if (caller.kind === 'admin') return caller.by === 'session' ? 'console' : 'program';
  if (caller.kind === 'user') return caller.name;
  const people = (room && parts.rooms.rooms().get(room)?.people.values()) ?? [];
  const isCaller = ({ personId }: Participant) =>
    caller.kind === 'person' && personId === caller.personId;
  return [...people].find(isCaller)?.name ?? 'a moderator';
}

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    permit(response, { kind: 'moderate', room });
    const wish = asked(request, paging);
    await meetingOf(parts, room);
    await answerPage(request, response, await parts.meetings.bans.list(room), {
      wish,
      placeOf: ({ bannedAtMs, id }) => newestFirst(bannedAtMs, id),
      view,
    });
  };
}

function lift(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const room = roomIn(request);
    permit(response, { kind: 'moderate', room });
    await meetingOf(parts, room);
    if (!(await parts.meetings.bans.lift(room, String(request.params.banId))))
      throw refusal('not-found', 'No ban of this meeting has that id.');
    response.status(204).end();
  };
}

export function view({ id, name, number, bannedAtMs, by, untilMs }: Ban): BanView {
  const until = untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() };
  return { id, name, number, bannedAt: new Date(bannedAtMs).toISOString(), by, ...until };
}
