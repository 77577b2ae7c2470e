import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { may } from '../../meetings/rules/access.ts';
import type { Person } from '../../meetings/rules/people.ts';
import type { PersonView } from '../../protocol/http/people.ts';
import { knownTo, permit } from '../caller.ts';
import { asked, body, query } from '../input.ts';
import { answerPage } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { nothing } from '../schemas/fields.ts';
import { paging } from '../schemas/paging.ts';
import { personChange, personWish } from '../schemas/people.ts';

/** People with accounts. One-time passwords are shown in the answer that made them and never again. */
export function peopleRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/people')
    .all(peopleOnly)
    .get(list(parts))
    .post(create(parts))
    .all(methodNotAllowed('GET, POST'));
  router
    .route('/people/:personId')
    .all(peopleOnly)
    .get(show(parts))
    .patch(change(parts))
    .delete(remove(parts))
    .all(methodNotAllowed('GET, PATCH, DELETE'));
  router
    .route('/people/:personId/reset')
    .all(peopleOnly)
    .post(reset(parts))
    .all(methodNotAllowed('POST'));
  return router;
}

const peopleOnly: RequestHandler = ({ method }, response, next) => {
  permit(response, { kind: method === 'GET' ? 'read-people' : 'run-people' });
  next();
};

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = asked(request, paging);
    await answerPage(request, response, await parts.meetings.people.known.list(), {
      wish,
      placeOf: ({ name, id }) => `${name.toLowerCase()} ${id}`,
      view: (person) => seenBy(response, person),
    });
  };
}

function create(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const made = await parts.meetings.people.office.add(body(request, personWish));
    if (!made) throw refusal('conflict', 'The login is taken: choose another.', { field: 'login' });
    const { person, oneTimePassword } = made;
    response.location(`/api/v1/people/${person.id}`);
    response.status(201).json({ ...view(person), oneTimePassword });
  };
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const person = await parts.meetings.people.known.get(personIn(request));
    if (!person) throw noSuchPerson();
    response.json(seenBy(response, person));
  };
}

/** Nobody locks themselves out by a slip of the hand. */
function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const id = personIn(request);
    const wish = body(request, personChange);
    const isSelf = knownTo(response).person?.id === id;
    if (isSelf && (wish.role !== undefined || wish.disabled === true))
      throw refusal('conflict', 'Ask another owner: nobody changes their own role.');
    const person = await parts.meetings.people.office.change(id, wish);
    if (!person) throw noSuchPerson();
    response.json(seenBy(response, person));
  };
}

function remove(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const id = personIn(request);
    if (knownTo(response).person?.id === id)
      throw refusal('conflict', 'Ask another owner: nobody deletes themselves.');
    if (!(await parts.meetings.people.office.remove(id))) throw noSuchPerson();
    response.status(204).end();
  };
}

function reset(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    const id = personIn(request);
    if (!(await parts.meetings.people.known.get(id))) throw noSuchPerson();
    const made = await parts.meetings.people.office.reset(id);
    if (!made) throw refusal('conflict', 'They sign in with the identity provider alone.');
    response.json({ ...view(made.person), oneTimePassword: made.oneTimePassword });
  };
}

/** Who does not run people sees who there is, and no more. */
function seenBy(response: Response, person: Person): PersonView {
  if (may(knownTo(response).caller, { kind: 'run-people' })) return view(person);
  const { id, name, role } = person;
  return { id, name, role };
}

function view(person: Person): PersonView {
  const { id, name, role, login, lastSeenAtMs } = person;
  return {
    id,
    name,
    role,
    ...(login !== undefined && { login }),
    disabled: person.disabledAtMs !== undefined,
    signsInBy: signsInBy(person),
    createdAt: new Date(person.createdAtMs).toISOString(),
    ...(lastSeenAtMs !== undefined && { lastSeenAt: new Date(lastSeenAtMs).toISOString() }),
  };
}

function signsInBy({ password }: Person): NonNullable<PersonView['signsInBy']> {
  if (!password) return 'provider';
  return password.oneTime ? 'one-time' : 'password';
}

/** What cannot be an id names nobody: the store is not asked. */
function personIn(request: Request): string {
  const { personId } = request.params;
  if (typeof personId === 'string' && /^p-[a-z2-7]{16}$/.test(personId)) return personId;
  throw noSuchPerson();
}

function noSuchPerson() {
  return refusal('not-found', 'Nobody here has that id; GET /api/v1/people lists them.');
}
