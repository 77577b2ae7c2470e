import type { Control } from '../support/stops.ts';
import { CONSOLE_JOURNEYS } from './console.ts';
import { means } from './deed.ts';
import type { Journey, Place } from './deed.ts';
import { HOUSE_JOURNEYS } from './house.ts';
import { PHONE_JOURNEYS } from './phones.ts';
import { RECORDING_JOURNEYS } from './recordings.ts';
import { ROOM_JOURNEYS } from './room.ts';

/** Every action of every page, done by keys. */
export const EVERY_JOURNEY: readonly Journey[] = [
  ...CONSOLE_JOURNEYS,
  ...ROOM_JOURNEYS,
  ...HOUSE_JOURNEYS,
  ...RECORDING_JOURNEYS,
  ...PHONE_JOURNEYS,
];

/** What needs no deed, and why. */
const LEFT_ALONE: readonly (readonly [at: string, why: string])[] = [
  ['region What is asked for', 'scrolled by the browser’s own keys; there is nothing else in it'],
];

/** Controls of a page that nothing is done with in any journey: what somebody added without its deed. */
export function undone(
  place: Place,
  controls: readonly Control[],
  journeys = EVERY_JOURNEY,
): readonly string[] {
  const done = journeys
    .filter((journey) => covers(journey.place, place))
    .flatMap(({ deeds }) => deeds)
    .flatMap(({ at, also = [] }) => [at, ...also])
    .concat(LEFT_ALONE.map(([at]) => at));
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
    (MEETINGS.has(of) && MEETINGS.has(place)) ||
    // Who may only join finds themselves where others find the meetings.
    (of === 'console me' && place === 'console meetings')
  );
}
