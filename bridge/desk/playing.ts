import type { RoomId } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import type { Entry } from '../dialogue/talk.ts';

/** One thing that a leg outside a room does. */
export type Task =
  | { readonly kind: 'answer' }
  /** Whatever it did before we knew it comes to its end. */
  | { readonly kind: 'former' }
  | { readonly kind: 'say'; readonly sayings: readonly Saying[] }
  | { readonly kind: 'music' }
  | { readonly kind: 'record' }
  | { readonly kind: 'echo' }
  | {
      readonly kind: 'join';
      readonly room: RoomId;
      readonly entry: Pick<Entry, 'role' | 'muted'> & { readonly detect: boolean };
    };

interface Running {
  readonly id: number;
  readonly task: Task;
  /** It was told to end. */
  readonly cut: boolean;
}

/**
 * What one leg is doing. Two applications at once would run nested in FreeSWITCH, so the next is
 * told when the one before has ended.
 */
export interface Playing {
  readonly answered: boolean;
  readonly count: number;
  readonly running?: Running;
  readonly next?: Task;
}

export type Order =
  { readonly kind: 'run'; readonly id: number; readonly task: Task } | { readonly kind: 'break' };

export type PlayingStep = readonly [Playing, readonly Order[]];

export const NEW_CALL: Playing = { answered: false, count: 0 };

/** A leg about which we know only that it is there: what it does now is to end first. */
export function foundAgain({ count }: Playing): PlayingStep {
  const id = count + 1;
  const running: Running = { id, task: { kind: 'former' }, cut: true };
  return [{ answered: false, count: id, running }, [{ kind: 'break' }]];
}

/** The task instead of whatever runs. Answers a call that was not answered. */
export function start(playing: Playing, task: Task): PlayingStep {
  const { running } = playing;
  if (running !== undefined) {
    const [now, orders] = cut(playing);
    return [{ ...now, next: task }, orders];
  }
  if (playing.answered) return run(playing, task);
  const [answering, orders] = run({ ...playing, answered: true }, { kind: 'answer' });
  // Nothing is lost of a room by entering it in the same breath; of words the beginning would be.
  if (task.kind !== 'join') return [{ ...answering, next: task }, orders];
  const [joining, more] = run(answering, task);
  return [joining, [...orders, ...more]];
}

/** Silence, for now. */
export function hush(playing: Playing): PlayingStep {
  const { next, ...rest } = playing;
  return cut(next === undefined ? playing : rest);
}

/** A task came to its end; it is returned where its end is of interest to anybody. */
export function done(
  playing: Playing,
  id: number,
): readonly [Playing, readonly Order[], Task | undefined] {
  const { running, next, ...rest } = playing;
  if (running?.id !== id) return [playing, [], undefined];
  if (next !== undefined) return [...start(rest, next), undefined];
  // Music that was not cut off is to go on.
  return [rest, [], running.task.kind === 'music' && running.cut ? undefined : running.task];
}

const UNCUT: ReadonlySet<Task['kind']> = new Set(['answer', 'join', 'echo']);

function run(playing: Playing, task: Task): PlayingStep {
  const id = playing.count + 1;
  return [
    { ...playing, count: id, running: { id, task, cut: false } },
    [{ kind: 'run', id, task }],
  ];
}

/** An answering and an entering end by themselves, an echo with the call. */
function cut(playing: Playing): PlayingStep {
  const { running } = playing;
  if (running === undefined || running.cut) return [playing, []];
  if (UNCUT.has(running.task.kind)) return [playing, []];
  return [{ ...playing, running: { ...running, cut: true } }, [{ kind: 'break' }]];
}

/** It was in a room, and is parked again. */
export function parkedAgain({ count }: Playing): Playing {
  return { answered: true, count };
}
