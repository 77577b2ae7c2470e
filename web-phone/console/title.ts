import type { frame } from '../words/en/frame.ts';
import type { Console } from './console.ts';
import { placeFor, tabOf } from './places.ts';

/** What the console's window is called: the meeting or the place, then the console. */
export function titleOf({ session, route, feed }: Console, say: typeof frame): string {
  const state = session.state.value;
  if (!('who' in state)) return say.title;
  const at = placeFor(route.value, state.who);
  const meeting =
    at.kind === 'meeting' || at.kind === 'card' ? feed.value.meetings.get(at.id) : undefined;
  return `${meeting?.name ?? say.place[tabOf(at)]} – ${say.title}`;
}
