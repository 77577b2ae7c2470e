import type { Alarms } from '../alarms.ts';
import type { Basics } from '../basics.ts';
import { Sessions } from '../sessions.ts';
import type { Throttle } from '../throttle.ts';
import { ApiKeys } from './api-keys.ts';
import { Attempts } from './attempts.ts';
import { Office } from './office.ts';
import { People } from './people.ts';
import { SignIn } from './sign-in.ts';

export interface PeopleParts {
  readonly known: People;
  readonly office: Office;
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly keys: ApiKeys;
}

/** Joins what concerns people with accounts. */
export function openPeople(
  basics: Basics,
  counters: { readonly throttle: Throttle; readonly alarms: Alarms },
  adminKey: string,
): PeopleParts {
  const people = new People(basics);
  const sessions = new Sessions(basics, people, adminKey);
  const keys = new ApiKeys(basics, people);
  const attempts = new Attempts(basics, counters);
  return {
    known: people,
    sessions,
    keys,
    office: new Office(basics, { people, sessions, keys }),
    signIn: new SignIn(basics, { people, sessions, attempts, adminKey }),
  };
}
