import type { Participant, ParticipantId, Room } from '../../protocol/room/room.ts';
import { rowsOf } from '../../protocol/room/rows.ts';

/** Who is heard now, by how long ago they began, and who spoke last where nobody does. */
export interface Speaking {
  readonly now: readonly ParticipantId[];
  readonly last: ParticipantId | undefined;
}

export const SILENCE: Speaking = { now: [], last: undefined };

/** The next line of speakers: who goes on keeps their place, who begins stands at the end. */
export function speakingIn(room: Room | undefined, before: Speaking): Speaking {
  const talking = new Set((room ? rowsOf(room) : []).filter(isHeard).map(({ id }) => id));
  const on = before.now.filter((id) => talking.delete(id));
  const now = [...on, ...talking];
  const last = now.at(-1) ?? before.now.at(-1) ?? before.last;
  const isThere = last !== undefined && room?.people.has(last) === true;
  return { now, last: isThere ? last : undefined };
}

function isHeard({ state, talking, muted }: Participant): boolean {
  return state === 'joined' && talking && !muted;
}
