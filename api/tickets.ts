import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { TicketResult } from '../meetings/tickets.ts';
import { knownTo, meetingOnly } from './caller.ts';
import { body, query, roomIn } from './input.ts';
import { banned } from './known.ts';
import { meetingOf } from './meetings.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { softphoneWish, ticketWish } from './schemas/tickets.ts';

type Opened = Extract<TicketResult, { ok: true }>;

/** Tickets: made by those who run a meeting, used by whoever has the link. */
export function ticketRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/meetings/:id/tickets')
    .all(meetingOnly)
    .post(create(parts))
    .all(methodNotAllowed('POST'));
  router.route('/tickets/:ticket').get(show(parts)).all(methodNotAllowed('GET'));
  router.route('/tickets/:ticket/softphone').post(softphone(parts)).all(methodNotAllowed('POST'));
  return router;
}

function create(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = body(request, ticketWish);
    const meeting = await meetingOf(parts, roomIn(request));
    if (meeting.endedAtMs !== undefined)
      throw refusal('conflict', 'The meeting has ended; make a ticket for another.');
    const { tickets, browsers } = parts.meetings;
    const { joinUrl, personId, personalCode } = await tickets.personal(meeting, wish);
    const { name, role } = wish;
    const sip = await browsers.grant({ room: meeting.id, role, name, personId });
    response.status(201).json({ joinUrl, sip, personalCode, personId });
  };
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json(await parts.meetings.tickets.view(await opened(parts, request)));
  };
}

function softphone(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { name, back = false } = body(request, softphoneWish);
    const { ticket } = await opened(parts, request);
    // A softphone that comes back after a break shows the feed token it had.
    const { caller } = knownTo(response);
    const before = caller.kind === 'person' ? caller : undefined;
    const personId = ticket.person?.id ?? before?.personId;
    if (personId !== undefined && (await parts.meetings.bans.holds(ticket.room, { personId })))
      throw banned();
    response.json(
      await parts.meetings.tickets.softphone(ticket, name, before && { ...before, back }),
    );
  };
}

async function opened(parts: ApiParts, request: Request): Promise<Opened> {
  const { ticket } = request.params;
  const result = await parts.meetings.tickets.check(typeof ticket === 'string' ? ticket : '');
  if (result.ok) return result;
  switch (result.reason) {
    case 'ended':
      throw refusal('ended', 'The meeting has ended. Ask whoever invited you for a new link.');
    case 'expired':
      throw refusal('not-found', 'The link has run out. Ask whoever invited you for a new one.');
    case 'unknown':
      throw refusal('not-found', 'The link is mistyped. Ask whoever invited you for a new one.');
  }
}
