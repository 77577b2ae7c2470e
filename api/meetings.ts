import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { MeetingResult } from '../meetings/meetings.ts';
import type { Meeting } from '../meetings/rules/meeting.ts';
import type { RoomId } from '../protocol/room/room.ts';
import { peopleInside } from '../protocol/room/rows.ts';
import { callerOf, meetingOnly, permit } from './caller.ts';
import { changedMeanwhile, expectation, tagOf } from './etag.ts';
import { body, noSuchMeeting, query, roomIn } from './input.ts';
import { listMeetings } from './meeting-list.ts';
import { checkMembers, ownerOf, seenIn, shownTo } from './members.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal, refusedBy } from './problems.ts';
import { meetingChange, meetingWish } from './schemas/meetings.ts';
import { nothing } from './schemas/fields.ts';

/** Meetings themselves: made, shown, changed, ended, forgotten. */
export function meetingRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/meetings')
    .all(manyOnly)
    .get(
      listMeetings({
        list: async (response) => seenIn(callerOf(response), await parts.meetings.meetings.list()),
        view: (each, response) => shownTo(callerOf(response), view(parts, each)),
      }),
    )
    .post(create(parts))
    .all(methodNotAllowed('GET, POST'));
  router
    .route('/meetings/:id')
    .all(meetingOnly)
    .get(show(parts))
    .patch(change(parts))
    .delete(forget(parts))
    .all(methodNotAllowed('GET, PATCH, DELETE'));
  router
    .route('/meetings/:id/restore')
    .all(meetingOnly)
    .post(restore(parts))
    .all(methodNotAllowed('POST'));
  router.route('/meetings/:id/end').all(meetingOnly).post(end(parts)).all(methodNotAllowed('POST'));
  return router;
}

const manyOnly: RequestHandler = ({ method }, response, next) => {
  permit(response, { kind: method === 'GET' ? 'list-meetings' : 'make-meeting' });
  next();
};

/** The meeting of that id, open or ended. */
export async function meetingOf(parts: ApiParts, id: RoomId): Promise<Meeting> {
  const meeting = await parts.meetings.meetings.get(id);
  if (!meeting) throw noSuchMeeting();
  return meeting;
}

/** How many are in a meeting's room now. */
export function peopleIn(parts: ApiParts, id: RoomId): number {
  return peopleInside(parts.rooms.rooms().get(id));
}

function view(parts: ApiParts, meeting: Meeting) {
  return parts.meetings.views.show(meeting, peopleIn(parts, meeting.id));
}

function create(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { startsAt, ...wish } = body(request, meetingWish);
    const startsAtMs = startsAt === undefined ? undefined : Date.parse(startsAt);
    checkRecording(parts, wish.record);
    await checkMembers(parts, wish.members);
    const owned = { ...wish, startsAtMs, ...ownerOf(response) };
    const result = await parts.meetings.meetings.create(owned);
    if (result.ok) response.location(`/api/v1/meetings/${result.meeting.id}`);
    answer(parts, response.status(201), result);
  };
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    shown(parts, response, await meetingOf(parts, roomIn(request)));
  };
}

function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { startsAt, ...wish } = body(request, meetingChange);
    const startsAtMs = typeof startsAt === 'string' ? Date.parse(startsAt) : startsAt;
    const change = { ...wish, startsAtMs };
    await checkExpected(parts, request);
    checkRecording(parts, wish.record);
    await checkMembers(parts, wish.members);
    const isExpected = expectation(request);
    const changed = await parts.meetings.meetings.change(roomIn(request), change, isExpected);
    answer(parts, response, changed);
  };
}

/** The door closes first, so that nobody slips in while the room is cleared. */
function end(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    await checkExpected(parts, request);
    const result = await parts.meetings.meetings.end(roomIn(request));
    if (result.ok) await clear(parts, result.meeting.id);
    answer(parts, response, result);
  };
}

function forget(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const id = roomIn(request);
    await checkExpected(parts, request);
    await parts.meetings.meetings.keep(await meetingOf(parts, id));
    await parts.meetings.meetings.end(id);
    await clear(parts, id);
    await parts.meetings.meetings.delete(id);
    response.status(204).end();
  };
}

/** Nobody is brought back into its room: they call again. */
function restore(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    answer(parts, response, await parts.meetings.meetings.restore(roomIn(request)));
  };
}

function shown(parts: ApiParts, response: Response, meeting: Meeting): void {
  const seen = shownTo(callerOf(response), view(parts, meeting));
  response.set('ETag', tagOf(meeting, seen)).json(seen);
}

/** Refuses where there is no such meeting, or not as `If-Match` has it. */
async function checkExpected(parts: ApiParts, request: Request): Promise<void> {
  const meeting = await meetingOf(parts, roomIn(request));
  if (!expectation(request)(meeting)) throw changedMeanwhile();
}

function checkRecording({ recording }: ApiParts, wished: boolean | undefined): void {
  if (wished !== true || recording === true) return;
  const detail = '"record" cannot be true: recording is off here (RECORDING).';
  throw refusal('bad-input', detail, { field: 'record' });
}

/** Asked again, the request completes what is left of it. */
async function clear(parts: ApiParts, room: RoomId): Promise<void> {
  const outcome = await parts.rooms.execute({ kind: 'close-room', room });
  if (outcome.ok || outcome.reason === 'no-such-room') return;
  if (outcome.reason === 'switch-unavailable' && !parts.rooms.rooms().has(room)) return;
  throw refusedBy(outcome, 'room');
}

export function answer(parts: ApiParts, response: Response, result: MeetingResult): void {
  if (result.ok) {
    shown(parts, response, result.meeting);
    return;
  }
  switch (result.reason) {
    case 'unknown':
      throw noSuchMeeting();
    case 'changed':
      throw changedMeanwhile();
    case 'not-deleted':
      throw refusal('conflict', 'The meeting was not deleted: there is nothing to have back.');
    case 'ended':
      throw refusal('conflict', 'The meeting has ended and cannot be changed; make a new one.');
    case 'no-such-time':
      throw refusal('not-found', 'The meeting has no such time; GET …/occurrences lists them.');
    case 'bad-schedule':
      throw refusal('bad-input', result.fault.detail, { field: result.fault.field });
    case 'extension-taken':
      throw refusal('conflict', 'The extension reaches something else: choose another.', {
        field: 'extension',
      });
  }
}
