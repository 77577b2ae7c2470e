import type { ParticipantId } from '../../protocol/room/room.ts';
import { needsMusic } from './pair.ts';
import type { Effect, Pair, Step } from './pair.ts';

type Leg = ParticipantId;

/** A call, and the leg by which somebody is in it who leaves it to the others. */
export interface Left {
  readonly pair: Pair;
  readonly leg: Leg;
}

/** Inside, and nobody is being called in anybody's place. */
export function isFree({ pair: { inside, attempt, caller }, leg }: Left): boolean {
  return inside.includes(leg) && attempt === undefined && caller === undefined;
}

/** The legs that ring for a caller who still waits. */
export function ringingFor({ pair: { caller, attempt }, leg }: Left): readonly Leg[] | undefined {
  return caller?.leg === leg && caller.at !== 'answering' ? attempt?.ringing : undefined;
}

/** Those whom one person called are together without that person, in the first of the two calls. */
export function merged(into: Left, from: Left): Step {
  const stays = (leg: Leg): boolean => leg !== into.leg && leg !== from.leg;
  const inside = [...into.pair.inside, ...from.pair.inside].filter(stays);
  const held = [...into.pair.held, ...from.pair.held].filter(stays);
  const next: Pair = { inside, held };
  const leave = [into.leg, from.leg].map((leg): Effect => ({
    kind: 'kill',
    leg,
    cause: 'NORMAL_CLEARING',
  }));
  // What plays in the first is for who waited there alone.
  const music: Effect[] = [{ kind: 'music', on: false }];
  if (needsMusic(next)) music.push({ kind: 'music', on: true });
  return [next, [...music, ...leave]];
}
