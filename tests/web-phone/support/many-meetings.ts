import type { MeetingView } from '../../../protocol/http/views.ts';
import { apply } from '../../../protocol/room/apply.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import type { PageServer } from './page-server.ts';
import { meeting, person } from './people.ts';
import { openConsole } from './scenes.ts';

export const MEETINGS = 500;
export const LIVE = 50;
const PEOPLE_EACH = 6;

/** Somebody is signed in, and there are 500 meetings, of which 50 have people. */
export function openMany(server: PageServer): void {
  openConsole(
    server,
    Array.from({ length: MEETINGS }, (_, n) => nthMeeting(n)),
  );
  for (let n = 0; n < LIVE; n++)
    for (let who = 0; who < PEOPLE_EACH; who++)
      server.rooms = apply(server.rooms, {
        kind: 'participant-updated',
        room: nthId(n),
        participant: nthPerson(n, who),
      });
}

export function nthId(n: number): RoomId {
  const letters = 'abcdefghijklmnop';
  const [a, b, c] = [n & 15, (n >> 4) & 15, (n >> 8) & 15].map((at) => letters[at]);
  return `m-${`${a}${b}${c}`.padEnd(16, 'q')}` as RoomId;
}

/** Some are to come, some have ended; the first ones are live. */
function nthMeeting(n: number): MeetingView {
  const createdAt = new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toISOString();
  const startsAt = new Date(Date.UTC(2027, 0, 1) + ((n * 37) % 500) * 3_600_000).toISOString();
  const more =
    n < LIVE || n % 3 === 0
      ? ({ state: 'open' } as const)
      : n % 3 === 1
        ? ({ state: 'planned', startsAt } as const)
        : ({ state: 'ended', endedAt: createdAt } as const);
  return meeting({ id: nthId(n), name: `Meeting ${n}`, createdAt, ...more });
}

function nthPerson(n: number, who: number) {
  return person(n * PEOPLE_EACH + who + 1, { name: `Caller ${who}`, via: 'browser' });
}
