import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { Caller } from '../meetings/rules/access.ts';
import type { RoomCommand } from '../protocol/room/command.ts';
import type { Participant, ParticipantId, RoomId } from '../protocol/room/room.ts';
import { knownTo, permit } from './caller.ts';
import { forPerson } from './feed/redact.ts';
import { body, participantIn, query, roomIn } from './input.ts';
import { meetingOf } from './meetings.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal, refusedBy } from './problems.ts';
import { lockWish, muteAllWish, participantChange } from './schemas.ts';

type Change = ReturnType<typeof participantChange.parse>;

/** The people in a meeting's room. 202 means that the switch took the wish; the feed says when it is so. */
export function participantRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/meetings/:id/participants').get(list(parts)).all(methodNotAllowed('GET'));
  router
    .route('/meetings/:id/participants/:pid')
    .patch(change(parts))
    .delete(moderatorsOnly, remove(parts))
    .all(methodNotAllowed('PATCH, DELETE'));
  router
    .route('/meetings/:id/mute-all')
    .post(moderatorsOnly, muteAll(parts))
    .all(methodNotAllowed('POST'));
  router
    .route('/meetings/:id/lock')
    .post(moderatorsOnly, lock(parts))
    .all(methodNotAllowed('POST'));
  return router;
}

/** Moderators of this very meeting, and those who run all. */
const moderatorsOnly: RequestHandler = (request, response, next) => {
  permit(response, { kind: 'moderate', room: roomIn(request) });
  next();
};

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const room = roomIn(request);
    permit(response, { kind: 'watch', room });
    await meetingOf(parts, room);
    const people = [...(parts.rooms.rooms().get(room)?.people.values() ?? [])];
    const { caller } = knownTo(response);
    response.json(people.map((person) => toRow(seenBy(caller, person))));
  };
}

function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const [room, id] = [roomIn(request), participantIn(request)];
    const person = parts.rooms.rooms().get(room)?.people.get(id);
    permit(response, { kind: 'change-row', room, personId: person?.personId });
    const wish = body(request, participantChange);
    await meetingOf(parts, room);
    if (!person) throw refusal('not-found', 'Nobody in this meeting has that id.');
    for (const command of commandsFor(room, id, wish)) await execute(parts, command);
    response.status(202).json({});
  };
}

function remove(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    if (!['false', null].includes(query(request, ['ban']).get('ban')))
      throw refusal('bad-input', 'Leave "ban" out: banning is not supported.', { field: 'ban' });
    const [room, id] = [roomIn(request), participantIn(request)];
    await meetingOf(parts, room);
    await execute(parts, { kind: 'remove', room, id });
    response.status(202).json({});
  };
}

function muteAll(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { except } = body(request, muteAllWish);
    const { id: room } = await meetingOf(parts, roomIn(request));
    await execute(parts, { kind: 'mute-all', room, except });
    response.status(202).json({});
  };
}

function lock(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { locked } = body(request, lockWish);
    const { id: room } = await meetingOf(parts, roomIn(request));
    await execute(parts, { kind: 'set-locked', room, on: locked });
    response.status(202).json({});
  };
}

/** One wish a field, in a fixed order. */
function commandsFor(room: RoomId, id: ParticipantId, change: Change): RoomCommand[] {
  const { muted, deaf, held, volume } = change;
  const switches = [
    ['set-deaf', deaf],
    ['set-held', held],
  ] as const;
  const levels = [
    ['in', volume?.in],
    ['out', volume?.out],
  ] as const;
  const by = 'program' as const;
  return [
    ...(muted === undefined ? [] : [{ kind: 'set-muted' as const, room, id, on: muted, by }]),
    ...switches.flatMap(([kind, on]) => (on === undefined ? [] : [{ kind, room, id, on }])),
    ...levels.flatMap(([direction, level]) =>
      level === undefined ? [] : [{ kind: 'set-volume' as const, room, id, direction, level }],
    ),
  ];
}

async function execute(parts: ApiParts, command: RoomCommand): Promise<void> {
  const outcome = await parts.rooms.execute(command);
  if (!outcome.ok) throw refusedBy(outcome, 'id' in command ? 'participant' : 'room');
}

function seenBy(caller: Caller, person: Participant): Participant {
  return caller.kind === 'person' ? forPerson(person, caller.personId) : person;
}

function toRow({ joinedAtMs, ...rest }: Participant) {
  return { ...rest, joinedAt: new Date(joinedAtMs).toISOString() };
}
