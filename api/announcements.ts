import { Router } from 'express';
import type { RequestHandler } from 'express';
import { Announcements } from '../meetings/announcements.ts';
import type { AnnouncementView } from '../protocol/http/announcements.ts';
import { onlyWhoMay } from './caller.ts';
import { execute } from './execute.ts';
import { body, query, roomIn } from './input.ts';
import { meetingOf } from './meetings.ts';
import type { ApiParts } from './parts.ts';
import { moderatorsOnly } from './participants.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { announceWish } from './schemas/announcements.ts';

type Known = () => Promise<readonly AnnouncementView[]>;

/** The operator's own recordings, and playing them into a room. */
export function announcementRoutes(parts: ApiParts): Router {
  const { promptsDir } = parts;
  const announcements = promptsDir === undefined ? undefined : new Announcements(promptsDir);
  const known: Known = async () => (await announcements?.list()) ?? [];
  const router = Router();
  router.route('/announcements').all(whoSeesMeetings).get(list(known)).all(methodNotAllowed('GET'));
  router
    .route('/meetings/:id/announce')
    .post(moderatorsOnly, announce(parts, known))
    .all(methodNotAllowed('POST'));
  return router;
}

const whoSeesMeetings = onlyWhoMay({ kind: 'list-meetings' });

function list(known: Known): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json(await known());
  };
}

function announce(parts: ApiParts, known: Known): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    const wish = body(request, announceWish);
    await meetingOf(parts, room);
    const all = await known();
    if (!all.some(({ name }) => name === wish.sound)) throw unknown(all);
    await execute(parts, { kind: 'announce', room, ...wish });
    response.status(202).json({});
  };
}

function unknown(all: readonly AnnouncementView[]) {
  const names = all.map(({ name }) => name).join(', ');
  const detail =
    names === ''
      ? 'There are no announcements here: whoever runs Partyline puts them into PROMPTS_DIR.'
      : `No announcement has that name; there are: ${names}.`;
  return refusal('not-found', detail, { field: 'sound' });
}
