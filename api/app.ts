import express, { Router } from 'express';
import type { Express, RequestHandler } from 'express';
import { accountRoutes } from './accounts.ts';
import { alarmRoutes } from './alarms.ts';
import { announcementRoutes } from './announcements.ts';
import { recordActs } from './audit/record.ts';
import { auditRoutes } from './audit/routes.ts';
import { banRoutes } from './bans.ts';
import { houseBanRoutes } from './house-bans.ts';
import { bigBlueButtonOff } from './bigbluebutton/routes.ts';
import { breakoutRoutes } from './breakouts.ts';
import { callRoutes } from './calls.ts';
import { learnCaller } from './caller.ts';
import { docsRoutes } from './docs/routes.ts';
import { answerOnce } from './idempotency.ts';
import { historyRoutes } from './history/routes.ts';
import { healthRoutes } from './health.ts';
import { limitRate } from './limits.ts';
import { invitationRoutes } from './invitations.ts';
import { meetingRoutes } from './meetings.ts';
import type { FeedDoor } from './feed/door.ts';
import { eventRoutes } from './feed/routes.ts';
import { createMetrics } from './metrics.ts';
import { nodeRoutes } from './nodes.ts';
import { OPERATIONS } from './operations/all.ts';
import { occurrenceRoutes } from './occurrences.ts';
import { oidcRoutes } from './oidc/routes.ts';
import { openapi } from './openapi/document.ts';
import { participantRoutes } from './participants.ts';
import { keyRoutes } from './people/keys.ts';
import { meRoutes } from './people/me.ts';
import { peopleRoutes } from './people/people.ts';
import { phoneRoutes } from './people/phone.ts';
import type { ApiParts } from './parts.ts';
import { noSuchPage, problemAnswers, routeOf } from './problems.ts';
import { playerRoutes } from './recordings/player.ts';
import { provisioningRoutes } from './provisioning.ts';
import { recordingRoutes } from './recordings/routes.ts';
import { sessionRoutes } from './session.ts';
import { shield } from './shield.ts';
import { keepToDocument } from './surface.ts';
import { systemRoutes } from './system.ts';
import { ticketRoutes } from './tickets.ts';
import { trunkRoutes } from './trunks.ts';
import { webRoutes } from './web.ts';
import { wholeRoomRoutes } from './whole-room.ts';

/**
 * Everything we answer over HTTP; not listening yet. `feed` lets in those who read events,
 * `bigbluebutton` is what answers BigBlueButton's clients.
 */
export function createApi(
  parts: ApiParts,
  feed: FeedDoor,
  bigbluebutton: RequestHandler = bigBlueButtonOff,
  webhooks: RequestHandler = (_request, _response, next) => next(),
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  const metrics = createMetrics(parts, () => feed.readers);
  app.use(metrics.time, shield(parts), tell(parts));
  app.get('/metrics', metrics.page);
  app.use(webRoutes(parts));
  // Known by their checksums: neither keys nor cookies count there.
  app.use('/bigbluebutton/api', bigbluebutton);
  // Known by the key in their address.
  app.use(playerRoutes(parts));
  // Known by the token in theirs.
  app.use(provisioningRoutes(parts));
  app.use(learnCaller(parts));
  app.use(healthRoutes(parts));
  app.use(oidcRoutes(parts));
  app.use('/api/v1', apiRoutes(parts, feed, webhooks));
  app.use(noSuchPage, problemAnswers(parts));
  return app;
}

function apiRoutes(parts: ApiParts, feed: FeedDoor, webhooks: RequestHandler): Router {
  const router = Router();
  // Made for who asks first: nobody waits for it at the start.
  let document: object | undefined;
  router.use(
    recordActs(parts),
    limitRate(parts),
    noStore,
    express.json({ limit: '64kb', inflate: false }),
  );
  router.use(keepToDocument(OPERATIONS), answerOnce(parts));
  router.get('/openapi.json', (_request, response) => {
    document ??= openapi();
    response.json(document);
  });
  router.use(docsRoutes(parts, OPERATIONS));
  router.use(
    sessionRoutes(parts),
    peopleRoutes(parts),
    keyRoutes(parts),
    meRoutes(parts),
    phoneRoutes(parts),
    meetingRoutes(parts),
    occurrenceRoutes(parts),
    invitationRoutes(parts),
    breakoutRoutes(parts),
    participantRoutes(parts),
    wholeRoomRoutes(parts),
    announcementRoutes(parts),
    banRoutes(parts),
    houseBanRoutes(parts),
    callRoutes(parts),
    ticketRoutes(parts),
    accountRoutes(parts),
    trunkRoutes(parts),
    alarmRoutes(parts),
    nodeRoutes(parts),
    systemRoutes(parts),
    auditRoutes(parts),
    webhooks,
    historyRoutes(parts),
    recordingRoutes(parts),
    eventRoutes(parts, feed),
  );
  return router;
}

/** Answers hold codes and passwords: nobody on the way keeps them. */
const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** One line for each request: the route's pattern, and never its address, which may hold a ticket. */
function tell({ log, now }: ApiParts): RequestHandler {
  return (request, response, next) => {
    const startedAtMs = now();
    response.once('finish', () => {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      log(isRead ? 'debug' : 'info', 'request', {
        method: request.method,
        route: routeOf(request),
        status: response.statusCode,
        ms: now() - startedAtMs,
      });
    });
    next();
  };
}
