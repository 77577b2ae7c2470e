import type { Control } from '../support/stops.ts';
import { CONSOLE_JOURNEYS } from './console.ts';
import { means } from './deed.ts';
import type { Journey, Place } from './deed.ts';
import { HOUSE_JOURNEYS } from './house.ts';
import { PHONE_JOURNEYS } from './phones.ts';
import { ROOM_JOURNEYS } from './room.ts';

/** Every action of every page, done by keys. */
export const EVERY_JOURNEY: readonly Journey[] = [
  ...CONSOLE_JOURNEYS,
  ...ROOM_JOURNEYS,
  ...HOUSE_JOURNEYS,
  ...PHONE_JOURNEYS,
];

/** Controls of a page that nothing is done with in any journey: what somebody added without its deed. */
export function undone(place: Place, controls: readonly Control[]): readonly string[] {
  const done = EVERY_JOURNEY.filter((journey) => covers(journey.place, place))
    .flatMap(({ deeds }) => deeds)
    .flatMap(({ at, also = [] }) => [at, ...also]);
  return controls
    .filter((control) => !done.some((at) => means(at, control)))
    .map(({ role, name }) => `${place}: no deed for: ${role} ${name}`);
}

/** The list stands beside the room, and a meeting's form over either. */
const MEETINGS: ReadonlySet<Place> = new Set(['console meetings', 'console room']);

function covers(of: Place, place: Place): boolean {
  return (
    of === place ||
    (of === 'console' && place.startsWith('console')) ||
    (MEETINGS.has(of) && MEETINGS.has(place))
  );
}
