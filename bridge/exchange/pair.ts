import type { ParticipantId } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Cause } from '../to-esl.ts';
import { mostTelling, statusOf, toCaller } from './refusals.ts';

type Leg = ParticipantId;

/** Legs that ring for somebody; the first that is answered has the call. */
export interface Attempt {
  /** Who wants it: the caller, or who transfers. */
  readonly by: Leg;
  readonly ringing: readonly Leg[];
  /** Why those that ring no more were not answered: FreeSWITCH's causes. */
  readonly causes: readonly string[];
}

/** A call between two, or more whom a transfer brought together. */
export interface Pair {
  /** Not answered yet by us, or not yet inside. */
  readonly caller?: { readonly leg: Leg; readonly at: 'waiting' | 'rung' | 'answering' };
  /** Those who hear each other. */
  readonly inside: readonly Leg[];
  /** Those whose phone holds the call. */
  readonly held: readonly Leg[];
  readonly attempt?: Attempt;
}

export type Input =
  | { readonly kind: 'rings' | 'picked-up' | 'answered'; readonly leg: Leg }
  | { readonly kind: 'hung-up'; readonly leg: Leg; readonly cause: string }
  | { readonly kind: 'held'; readonly leg: Leg; readonly on: boolean }
  /** Somebody inside wants these to ring in their place. */
  | { readonly kind: 'transfer'; readonly by: Leg; readonly ringing: readonly Leg[] };

export type Effect =
  /** Ringing is told; the call is answered; the leg hears the others. */
  | { readonly kind: 'ring' | 'answer' | 'join'; readonly leg: Leg }
  | { readonly kind: 'kill'; readonly leg: Leg; readonly cause: Cause }
  | { readonly kind: 'mute'; readonly leg: Leg; readonly on: boolean }
  /** Music for those who wait. */
  | { readonly kind: 'music'; readonly on: boolean }
  /** How a transfer ended, as a SIP status. */
  | { readonly kind: 'transferred'; readonly status: number }
  | { readonly kind: 'over' };

export type Step = readonly [Pair, readonly Effect[]];

/** A caller, and the legs that are called for them. */
export function newPair(caller: Leg, ringing: readonly Leg[]): Pair {
  const attempt: Attempt = { by: caller, ringing, causes: [] };
  return { caller: { leg: caller, at: 'waiting' }, inside: [], held: [], attempt };
}

/** What comes of one event. Whoever hangs up leaves; who is left alone is hung up. */
export function step(pair: Pair, input: Input): Step {
  const [next, effects] = act(pair, input);
  const music = needsMusic(next);
  if (music === needsMusic(pair) || effects.some(({ kind }) => kind === 'over'))
    return [next, effects];
  return [next, [...effects, { kind: 'music', on: music }]];
}

function act(pair: Pair, input: Input): Step {
  switch (input.kind) {
    case 'rings':
      return rings(pair, input.leg);
    case 'picked-up':
      return pickedUp(pair, input.leg);
    case 'answered':
      return enter(pair, input.leg);
    case 'hung-up':
      return hungUp(pair, input);
    case 'held':
      return hold(pair, input.leg, input.on);
    case 'transfer':
      return transfer(pair, input);
    default:
      return unreachable(input);
  }
}

function rings(pair: Pair, leg: Leg): Step {
  const { caller, attempt } = pair;
  if (caller?.at !== 'waiting' || attempt?.ringing.includes(leg) !== true) return [pair, []];
  return [{ ...pair, caller: { ...caller, at: 'rung' } }, [{ kind: 'ring', leg: caller.leg }]];
}

/** A called one answered: the others stop ringing, and who wanted them is let in or out. */
function pickedUp(pair: Pair, leg: Leg): Step {
  const { caller, attempt, ...rest } = pair;
  if (attempt?.ringing.includes(leg) !== true) return [pair, []];
  const late = attempt.ringing.filter((each) => each !== leg);
  const effects: Effect[] = [{ kind: 'join', leg }, ...late.map(giveUp)];
  const inside = [...pair.inside, leg];
  if (caller !== undefined)
    return [
      { ...rest, inside, caller: { leg: caller.leg, at: 'answering' } },
      [{ kind: 'answer', leg: caller.leg }, ...effects],
    ];
  const leaves = pair.inside.includes(attempt.by);
  if (leaves) effects.push({ kind: 'kill', leg: attempt.by, cause: 'NORMAL_CLEARING' });
  return [
    { ...without({ ...rest, inside }, attempt.by) },
    [...effects, { kind: 'transferred', status: 200 }],
  ];
}

function enter(pair: Pair, leg: Leg): Step {
  const { caller, ...rest } = pair;
  if (caller?.leg !== leg || caller.at !== 'answering') return [pair, []];
  return [{ ...rest, inside: [...pair.inside, leg] }, [{ kind: 'join', leg }]];
}

function hungUp(pair: Pair, { leg, cause }: Extract<Input, { kind: 'hung-up' }>): Step {
  if (pair.attempt?.ringing.includes(leg) === true)
    return notAnswered(pair, pair.attempt, { leg, cause });
  if (pair.caller?.leg === leg || pair.inside.includes(leg)) return left(pair, leg);
  return [pair, []];
}

/** A no from a person is a no of all their phones. */
function notAnswered(
  pair: Pair,
  attempt: Attempt,
  { leg, cause }: { readonly leg: Leg; readonly cause: string },
): Step {
  const others = attempt.ringing.filter((each) => each !== leg);
  const causes = [...attempt.causes, cause];
  const isNo = cause === 'CALL_REJECTED';
  if (others.length > 0 && !isNo)
    return [{ ...pair, attempt: { ...attempt, ringing: others, causes } }, []];
  const { caller, inside, held } = pair;
  const why = mostTelling(causes);
  const effects: Effect[] = others.map(giveUp);
  if (caller !== undefined)
    return over([...effects, { kind: 'kill', leg: caller.leg, cause: toCaller(why) }]);
  effects.push({ kind: 'transferred', status: statusOf(why) });
  return inside.length > 1 ? [{ inside, held }, effects] : over([...effects, ...inside.map(clear)]);
}

function left(pair: Pair, leg: Leg): Step {
  const next = without(pair, leg);
  const { caller, inside, attempt } = next;
  // Who transferred may go; the other waits for who is called.
  if (attempt !== undefined && attempt.by === leg && inside.length > 0) return [next, []];
  if (inside.length + (caller === undefined ? 0 : 1) > 1) return [next, []];
  const effects: Effect[] = [...(attempt?.ringing ?? []).map(giveUp), ...inside.map(clear)];
  if (caller !== undefined) effects.push(clear(caller.leg));
  if (attempt !== undefined) effects.push({ kind: 'transferred', status: 480 });
  return over(effects);
}

function hold(pair: Pair, leg: Leg, on: boolean): Step {
  if (!pair.inside.includes(leg) || pair.held.includes(leg) === on) return [pair, []];
  const others = pair.held.filter((each) => each !== leg);
  const held = on ? [...others, leg] : others;
  return [{ ...pair, held }, [{ kind: 'mute', leg, on }]];
}

function transfer(pair: Pair, { by, ringing }: Extract<Input, { kind: 'transfer' }>): Step {
  return [{ ...pair, attempt: { by, ringing, causes: [] } }, []];
}

/** Somebody is there who is not held, and hears nobody. */
export function needsMusic({ inside, held, attempt }: Pair): boolean {
  const listening = inside.filter((leg) => !held.includes(leg));
  const deserted = attempt !== undefined && !inside.includes(attempt.by) && inside.length === 1;
  return listening.length > 0 && (held.length > 0 || deserted);
}

function without(pair: Pair, leg: Leg): Pair {
  const { caller, ...rest } = pair;
  return {
    ...rest,
    ...(caller !== undefined && caller.leg !== leg && { caller }),
    inside: pair.inside.filter((each) => each !== leg),
    held: pair.held.filter((each) => each !== leg),
  };
}

function over(effects: readonly Effect[]): Step {
  return [{ inside: [], held: [] }, [...effects, { kind: 'over' }]];
}

function giveUp(leg: Leg): Effect {
  return { kind: 'kill', leg, cause: 'ORIGINATOR_CANCEL' };
}

function clear(leg: Leg): Effect {
  return { kind: 'kill', leg, cause: 'NORMAL_CLEARING' };
}
