import type { Participant, ParticipantId } from '../protocol/room/room.ts';
import { MOST_INSIDE } from '../protocol/room/unheard.ts';
import type { Member } from './members.ts';
import type { Standing } from './standing.ts';

/** What is kept on a leg stays short. */
export const MOST_UNHEARD = 12;

type Inside = ReadonlyMap<ParticipantId, Member>;

/** By what somebody is meant: the person, who may come back on another leg, or else the leg. */
export function keyOf({ personId, id }: Pick<Participant, 'personId' | 'id'>): string {
  return personId ?? id;
}

/** For each leg that does not want to hear somebody who is here: all legs of those. */
export function unheardIn(
  inside: Inside,
  standingOf: (leg: ParticipantId) => Standing,
): ReadonlyMap<ParticipantId, readonly ParticipantId[]> {
  const wanted = new Map<ParticipantId, readonly ParticipantId[]>();
  if (inside.size > MOST_INSIDE) return wanted;
  for (const { row } of inside.values()) {
    const keys = standingOf(row.id).unheard;
    if (keys !== undefined) wanted.set(row.id, legsOf(keys, row, inside));
  }
  return wanted;
}

function legsOf(keys: readonly string[], own: Participant, inside: Inside) {
  return [...inside.values()]
    .map(({ row }) => row)
    .filter((row) => keys.includes(keyOf(row)) && keyOf(row) !== keyOf(own))
    .map(({ id }) => id);
}

/** The list with one more, or one less. */
export function withKey(
  keys: readonly string[] | undefined,
  key: string,
  on: boolean,
): readonly string[] {
  const others = (keys ?? []).filter((each) => each !== key);
  return on ? [...others, key] : others;
}
