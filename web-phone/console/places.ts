import type { PersonRole } from '../../protocol/http/people.ts';
import type { Route } from './route.ts';

export type Place = Exclude<Route['kind'], 'meeting' | 'card' | 'session'>;

/** Who is signed in. No `personId`: whoever has the admin key. */
export interface Who {
  readonly role: PersonRole;
  readonly personId?: string;
  readonly name?: string;
}

/** Places that belong together, under a heading of theirs or under none. */
export interface PlaceGroup {
  readonly name?: 'telephones' | 'house' | 'programs';
  readonly places: readonly Place[];
}

const GROUPS: readonly PlaceGroup[] = [
  { places: ['meetings', 'history', 'recordings'] },
  { name: 'telephones', places: ['phones', 'trunks'] },
  { name: 'house', places: ['people', 'system', 'alarms', 'bans', 'audit'] },
  { name: 'programs', places: ['keys', 'webhooks'] },
  { places: ['me'] },
];

/** Where somebody can go, in order: what the server would not show them is not offered. */
export function placeGroups(who: Who): readonly PlaceGroup[] {
  const seen = seenBy(who);
  return GROUPS.map((group) => ({
    ...group,
    places: group.places.filter((place) => seen.has(place)),
  })).filter(({ places }) => places.length > 0);
}

/** The same without their groups. */
export function placesOf(who: Who): readonly Place[] {
  return placeGroups(who).flatMap(({ places }) => places);
}

/** Where somebody is: what they cannot see leads to their first place. */
export function placeFor(route: Route, who: Who): Route {
  const places = placesOf(who);
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

/** Whether the house is theirs to change: phones, trunks, alarms, accounts, what is remembered. */
export function runsHouse({ role }: Who): boolean {
  return role === 'owner';
}

function seenBy({ role, personId }: Who): ReadonlySet<Place> {
  return new Set([...SEEN[role], ...(personId === undefined ? [] : (['me'] as const))]);
}

const WATCHED = [
  'meetings',
  'history',
  'recordings',
  'phones',
  'trunks',
  'people',
  'system',
  'alarms',
  'audit',
  'keys',
] as const;

const SEEN: Readonly<Record<PersonRole, readonly Place[]>> = {
  owner: [...WATCHED, 'bans', 'webhooks'],
  observer: WATCHED,
  moderator: ['meetings', 'keys'],
  participant: [],
};
