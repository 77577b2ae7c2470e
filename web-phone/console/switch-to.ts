import type { MeetingView } from '../../protocol/http/views.ts';
import type { PersonView } from '../../protocol/http/people.ts';
import type { frame } from '../words/en/frame.ts';
import { fits } from './fits.ts';
import { placesOf } from './places.ts';
import type { Who } from './places.ts';
import type { Route } from './route.ts';

/** Somewhere to go. */
export interface Goal {
  readonly kind: 'meeting' | 'person' | 'place';
  readonly name: string;
  readonly route: Route;
}

/** Where one can go to. */
export interface Goals {
  readonly who: Who;
  readonly meetings: Iterable<MeetingView>;
  readonly people: readonly PersonView[];
}

const MOST = 12;

/** What fits the words that were typed, names that begin with them first; without words, the places. */
export function goalsFor(typed: string, goals: Goals, say: typeof frame): readonly Goal[] {
  const all = [...placesIn(goals.who, say), ...meetingsIn(goals), ...peopleIn(goals)];
  if (typed.trim() === '') return all.slice(0, MOST);
  const begins = (goal: Goal) =>
    goal.name.toLocaleLowerCase().startsWith(typed.trim().toLocaleLowerCase()) ? 0 : 1;
  return all
    .filter(({ name }) => fits(typed, [name]))
    .sort((a, b) => begins(a) - begins(b))
    .slice(0, MOST);
}

function placesIn(who: Who, say: typeof frame): readonly Goal[] {
  return placesOf(who).map((place) => ({
    kind: 'place',
    name: say.place[place],
    route: { kind: place },
  }));
}

/** Those that can still be joined before those that ended. */
function meetingsIn({ meetings }: Goals): readonly Goal[] {
  const rank = ({ state }: MeetingView) => (state === 'ended' ? 1 : 0);
  return [...meetings]
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ kind: 'meeting', name, route: { kind: 'meeting', id } }));
}

function peopleIn({ people }: Goals): readonly Goal[] {
  return people.map(({ name }) => ({
    kind: 'person',
    name,
    route: { kind: 'people', find: name },
  }));
}
