import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { PlacedBan } from '../meetings/bans.ts';
import type { Ban, Marks } from '../meetings/rules/bans.ts';
import { normalised } from '../meetings/rules/dial-out.ts';
import type { HouseBanView } from '../protocol/http/views.ts';
import type { Participant, RoomId } from '../protocol/room/room.ts';
import { nameOf, view } from './bans.ts';
import { knownTo, permit } from './caller.ts';
import { asked, body, query } from './input.ts';
import { answerPage, newestFirst } from './paging.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { houseBanWish } from './schemas/room.ts';
import { paging } from './schemas/paging.ts';

/** All bans there are, those that hold for every meeting among them. */
export function houseBanRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/bans')
    .all(runOnly)
    .get(list(parts))
    .post(add(parts))
    .all(methodNotAllowed('GET, POST'));
  router.route('/bans/:banId').all(runOnly).delete(lift(parts)).all(methodNotAllowed('DELETE'));
  return router;
}

const runOnly: RequestHandler = (_request, response, next) => {
  permit(response, { kind: 'run' });
  next();
};

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = asked(request, paging);
    const { meetings, bans } = parts.meetings;
    const names = new Map((await meetings.list()).map(({ id, name }) => [id, name]));
    await answerPage(request, response, await bans.all(), {
      wish,
      placeOf: ({ ban: { bannedAtMs, id } }) => newestFirst(bannedAtMs, id),
      view: (placed) => shown(placed, names),
    });
  };
}

/** Whoever is in a meeting is hung up as by any ban. What a switch does not take keeps nobody from being banned. */
function add(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { until, name, ...whom } = body(request, houseBanWish);
    const untilMs = until === undefined ? undefined : Date.parse(until);
    if (untilMs !== undefined && untilMs <= parts.now())
      throw refusal('bad-input', '"until" must be a time to come.', { field: 'until' });
    const { marks, known } = await marksOf(parts, whom);
    const by = nameOf(parts, undefined, knownTo(response).caller);
    const wish = { name: name ?? known, marks, by, untilMs };
    const result = await parts.meetings.bans.add('house', wish);
    if (!result.ok) throw refusal('conflict', 'The house has 500 bans already: lift some.');
    await hangUp(parts, result.ban, marks);
    response.status(201).json(shown({ scope: 'house', ban: result.ban }, new Map()));
  };
}

function lift(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { bans } = parts.meetings;
    const id = String(request.params.banId);
    const found = (await bans.all()).find(({ ban }) => ban.id === id);
    if (!found || !(await bans.lift(found.scope, id)))
      throw refusal('not-found', 'No ban has that id; GET /api/v1/bans lists them.');
    response.status(204).end();
  };
}

type Whom = Readonly<Partial<Record<'number' | 'account' | 'person', string | undefined>>>;

/** By what somebody is known from now on, and their name where the house knows it. */
async function marksOf(
  { meetings }: ApiParts,
  { number, account, person }: Whom,
): Promise<{ readonly marks: Marks; readonly known: string }> {
  const given = [number, account, person].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw refusal('bad-input', 'Give one of "number", "account" and "person".');
  if (number !== undefined) {
    const whole = normalised(number);
    if (whole !== undefined) return { marks: { number: whole }, known: UNNAMED };
    const detail = '"number" must be a telephone number with its country code: +49 30 901234.';
    throw refusal('bad-input', detail, { field: 'number' });
  }
  if (account !== undefined) {
    const found = await meetings.accounts.get(account);
    if (found) return { marks: { account }, known: found.name };
    throw refusal('bad-input', '"account" is no desk phone here.', { field: 'account' });
  }
  const found = await meetings.people.known.get(person ?? '');
  if (found) return { marks: { personId: found.id }, known: found.name };
  throw refusal('bad-input', '"person" is nobody with an account here.', { field: 'person' });
}

const UNNAMED = 'Telephone';

/** Ends the calls of whom a ban is about, in whichever room they are. */
async function hangUp(parts: ApiParts, ban: Ban, marks: Marks): Promise<void> {
  for (const [room, { people }] of parts.rooms.rooms())
    for (const row of people.values())
      if (await isAbout(parts, { ban, marks, row })) await remove(parts, room, row);
}

async function remove(parts: ApiParts, room: RoomId, { id }: Participant): Promise<void> {
  const outcome = await parts.rooms.execute({ kind: 'remove', room, id, banned: true });
  if (outcome.ok || outcome.reason === 'no-such-participant') return;
  parts.log('warn', 'somebody banned is still in a meeting', { leg: id, why: outcome.reason });
}

interface Suspect {
  readonly ban: Ban;
  readonly marks: Marks;
  readonly row: Participant;
}

/** The switch is asked for whole numbers only where what is shown of them could be theirs. */
async function isAbout(parts: ApiParts, { ban, marks, row }: Suspect): Promise<boolean> {
  const { personId, via, number } = row;
  if (marks.personId !== undefined) return personId === marks.personId;
  if (via !== 'phone' || (marks.number !== undefined && number !== ban.number)) return false;
  const identity = await parts.rooms.identityOf?.(row.id);
  return identity !== undefined && parts.meetings.bans.isAbout(ban, identity);
}

function shown({ scope, ban }: PlacedBan, names: ReadonlyMap<RoomId, string>): HouseBanView {
  if (scope === 'house') return view(ban);
  return { ...view(ban), meeting: { id: scope, name: names.get(scope) ?? scope } };
}
