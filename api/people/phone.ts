import { Router } from 'express';
import type { RequestHandler, Response } from 'express';
import { InTurn } from '../../meetings/in-turn.ts';
import type { Person } from '../../meetings/rules/people.ts';
import type { LineEntry, OwnPhoneView } from '../../protocol/http/line.ts';
import { goesOn } from '../audit/record.ts';
import { knownTo, permit } from '../caller.ts';
import { body, query } from '../input.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { nothing } from '../schemas/fields.ts';

/** A browser as somebody's telephone: credentials for it, and who can be called. */
export function phoneRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/me/phone').all(forUsers).post(open(parts)).all(methodNotAllowed('POST'));
  router.route('/me/phone/people').all(forUsers).get(people(parts)).all(methodNotAllowed('GET'));
  return router;
}

const forUsers: RequestHandler = (_request, response, next) => {
  permit(response, { kind: 'own-account' });
  next();
};

function open(parts: ApiParts): RequestHandler {
  // Two tabs that open at once would make their person two telephones.
  const turns = new InTurn();
  const renewals = new Renewals(parts.now);
  return async (request, response) => {
    body(request, nothing);
    const person = selfOf(response);
    const { lines, dialOut } = parts.meetings;
    const { account, sip } = await turns.run(person.id, () => lines.open(person));
    const { username, name, extension } = account;
    const line: LineEntry = { username, name, ...(extension !== undefined && { extension }) };
    if (renewals.has(showedBy(response), Date.parse(sip.expiresAt))) goesOn(response);
    const numbers = dialOut.settings.prefixes.length > 0;
    response.status(201).json({ line, sip, numbers } satisfies OwnPhoneView);
  };
}

/**
 * A telephone that stays open asks anew every ten minutes, day and night: by the first asking the audit
 * log knows of it. Known to this process; another one tells of it once too.
 */
class Renewals {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether what was asked for before has not run out yet; from now on it lasts until `untilMs`. */
  has(by: string, untilMs: number): boolean {
    const goesOn = (this.#until.get(by) ?? 0) > this.#now();
    for (const [each, endMs] of this.#until) if (endMs <= this.#now()) this.#until.delete(each);
    this.#until.set(by, untilMs);
    return goesOn;
  }
}

/** The sign-in or the key that was shown. */
function showedBy(response: Response): string {
  const { session, key, person } = knownTo(response);
  return session?.id ?? key?.id ?? person?.id ?? '';
}

function people(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    selfOf(response);
    response.json(await parts.meetings.lines.entries());
  };
}

/** A telephone is a person's: keys and the administrator have none. */
function selfOf(response: Response): Person {
  const { person } = knownTo(response);
  if (!person) throw refusal('forbidden', 'Sign in with an account of your own.');
  return person;
}
