import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { ALL } from '../../meetings/events/event-log.ts';
import type { LoggedEvent } from '../../meetings/events/event-log.ts';
import type { Numbered } from '../../protocol/room/feed.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { callerOf, knownTo, permit } from '../caller.ts';
import { asked, noSuchMeeting, roomIn } from '../input.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { eventPage } from '../schemas/events.ts';
import type { FeedDoor } from './door.ts';
import { narrowed } from './redact.ts';
import { actOf, scopeOf } from './scope.ts';
import { afterLastEvent } from './wish.ts';

const STREAM = 'text/event-stream';
const STANDARD = 200;

/**
 * What happened and what happens: a page of past events as JSON, or the feed as a stream of events
 * (Server-Sent Events), by what the asker accepts.
 */
export function eventRoutes(parts: ApiParts, door: FeedDoor): Router {
  const router = Router();
  const answer = answerWith(parts, door);
  router.route('/events').get(answer).all(methodNotAllowed('GET'));
  router.route('/meetings/:id/events').get(answer).all(methodNotAllowed('GET'));
  return router;
}

function answerWith(parts: ApiParts, door: FeedDoor): RequestHandler {
  return async (request, response) => {
    const meeting = 'id' in request.params ? roomIn(request) : undefined;
    permit(response, actOf(meeting));
    if (request.accepts('json', STREAM) !== STREAM)
      return page(parts, meeting, { request, response });
    const { from = undefined } = asked(request, eventPage);
    if (request.method === 'HEAD') return void response.type(STREAM).end();
    const resumed = afterLastEvent(request);
    return door.stream(response, knownTo(response), { meeting, from: resumed ?? from });
  };
}

/** Past events are for those who run the meeting: people in it were not there for all of them. */
async function page(
  { events, meetings }: ApiParts,
  meeting: RoomId | undefined,
  { request, response }: { readonly request: Request; readonly response: Response },
): Promise<void> {
  const { from = 1, limit = STANDARD } = asked(request, eventPage);
  const scope = scopeOf(callerOf(response), meeting);
  if (scope.kind === 'own')
    throw refusal('forbidden', 'Ask for the events of one meeting that is yours.');
  if (meeting !== undefined) {
    permit(response, { kind: 'read-meeting', room: meeting });
    if (!(await meetings.meetings.get(meeting))) throw noSuchMeeting();
  }
  const isObserver = 'observer' in scope && scope.observer === true;
  const read = await events.read(meeting ?? ALL, from, limit);
  response.json({
    first: read.first,
    last: read.last,
    events: read.events.map((event) => toView(event, isObserver)),
  });
}

function toView({ seq, atMs, note }: LoggedEvent, isObserver: boolean) {
  const message: Numbered = { ...note, seq };
  const seen = isObserver ? narrowed(message, { role: 'observer' }) : message;
  return { at: new Date(atMs).toISOString(), ...seen };
}
