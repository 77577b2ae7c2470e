import type { PersonRole } from '../../protocol/http/people.ts';
import type { Route } from './route.ts';

export type Place = Exclude<Route['kind'], 'meeting' | 'card' | 'session'>;

/** Who is signed in. No `personId`: whoever has the admin key. */
export interface Who {
  readonly role: PersonRole;
  readonly personId?: string;
  readonly name?: string;
}

const WORDS: Readonly<Record<Place, string>> = {
  meetings: 'Meetings',
  phones: 'Desk phones',
  trunks: 'Trunks',
  alarms: 'Alarms',
  history: 'History',
  people: 'People',
  keys: 'API keys',
  webhooks: 'Webhooks',
  audit: 'Audit',
  me: 'You',
};

const HOUSE = ['meetings', 'phones', 'trunks', 'alarms', 'history', 'people', 'keys'] as const;

/** Where somebody can go, in the order of the tabs: what the server would not show them is not offered. */
export function placesOf({ role, personId }: Who): readonly (readonly [Place, string])[] {
  const own: readonly Place[] = personId === undefined ? [] : ['me'];
  return [...seenBy(role), ...own].map((place) => [place, WORDS[place]]);
}

/** Where somebody is: what they cannot see leads to their first place. */
export function placeFor(route: Route, who: Who): Route {
  const places = placesOf(who).map(([place]) => place);
  if (places.includes(tabOf(route))) return route;
  return { kind: places[0] ?? 'me' };
}

/** The tab under which a place is. */
export function tabOf({ kind }: Route): Place {
  if (kind === 'session') return 'history';
  return kind === 'meeting' || kind === 'card' ? 'meetings' : kind;
}

/** Whether meetings are theirs to watch; participants join them and no more. */
export function watchesMeetings({ role }: Who): boolean {
  return role !== 'participant';
}

/** What somebody may set going; buttons that the server would refuse are not shown. */
export function mayChange({ role }: Who): boolean {
  return role !== 'observer';
}

function seenBy(role: PersonRole): readonly Place[] {
  switch (role) {
    case 'owner':
      return [...HOUSE, 'webhooks', 'audit'];
    case 'observer':
      return [...HOUSE, 'audit'];
    case 'moderator':
      return ['meetings', 'keys'];
    case 'participant':
      return [];
  }
}
