import type { Participant, ParticipantId, RoomId } from '../../protocol/room/room.ts';
import { muteDeed } from '../feed/mute-wish.ts';
import { isFulfilled } from '../feed/wish.ts';
import type { Facts, PersonWish } from '../feed/wish.ts';

/** What is done to many at once. */
export type BulkAct =
  | { readonly kind: 'mute' | 'unmute' | 'remove' | 'admit' }
  | { readonly kind: 'move'; readonly to: RoomId };

export interface Where {
  readonly room: RoomId;
  readonly unmuteOthers: 'ask' | 'allowed';
}

/** A wish for each of whom something is to be done; whoever is as wanted needs none. */
export function wishesFor(
  act: BulkAct,
  people: readonly Participant[],
  where: Where,
): readonly PersonWish[] {
  return people.flatMap((person) => wishFor(act, person, where));
}

function wishFor(act: BulkAct, person: Participant, where: Where): readonly PersonWish[] {
  const at = { room: where.room, id: person.id } as const;
  switch (act.kind) {
    case 'mute':
      return person.muted ? [] : [{ kind: 'set-muted', ...at, muted: true }];
    case 'unmute': {
      const { wish, asked } = muteDeed(where.room, person, where.unmuteOthers);
      return person.muted && !asked ? [wish] : [];
    }
    case 'remove':
      return [{ kind: 'remove', ...at }];
    case 'admit':
      return person.state === 'lobby' ? [{ kind: 'admit', ...at }] : [];
    case 'move':
      return [{ kind: 'move', ...at, to: act.to }];
  }
}

/** What takes it back, for those with whom it came true: nothing brings back who was removed. */
export function undoWishes(
  wishes: readonly PersonWish[],
  facts: Facts,
  room: RoomId,
): readonly PersonWish[] {
  return wishes.flatMap((wish): readonly PersonWish[] => {
    if (!isHere(facts, wish.id) || !isFulfilled(wish, facts)) return [];
    if (wish.kind === 'set-muted') return [{ ...wish, muted: !wish.muted }];
    return wish.kind === 'move' && wish.to !== room ? [{ ...wish, to: room }] : [];
  });
}

/** Who would be heard again if “mute all” had not been: everybody it is for and who was open. */
export function openedBefore(people: readonly Participant[], room: RoomId): readonly PersonWish[] {
  return people
    .filter(({ muted, role, state }) => !muted && role !== 'moderator' && state === 'joined')
    .map(({ id }) => ({ kind: 'set-muted', room, id, muted: false }) as const);
}

/** How a wish was answered: taken, nobody of that id there any more, or refused. */
export type Reply = 'taken' | 'gone' | 'refused';

export interface BulkResult {
  readonly asked: number;
  /** The facts show it. */
  readonly done: number;
  /** They had left before it could be. */
  readonly gone: number;
  /** Refused, or taken and never confirmed. */
  readonly failed: number;
}

/** What became of them all, by the answers and by the facts as they are now. */
export function resultOf(
  wishes: readonly PersonWish[],
  replies: ReadonlyMap<ParticipantId, Reply>,
  facts: Facts,
): BulkResult {
  const ends = wishes.map((wish) => endOf(wish, replies.get(wish.id) ?? 'refused', facts));
  const count = (end: 'done' | 'gone' | 'failed') => ends.filter((each) => each === end).length;
  return {
    asked: wishes.length,
    done: count('done'),
    gone: count('gone'),
    failed: count('failed'),
  };
}

function endOf(wish: PersonWish, reply: Reply, facts: Facts): 'done' | 'gone' | 'failed' {
  if (reply === 'gone') return 'gone';
  if (reply === 'taken' && isFulfilled(wish, facts)) return 'done';
  return mayLeave(wish) && !isHere(facts, wish.id) ? 'gone' : 'failed';
}

/** Who is removed or moved is in no room for a moment, which is no leaving. */
function mayLeave({ kind }: PersonWish): boolean {
  return kind !== 'remove' && kind !== 'move';
}

function isHere({ rooms }: Facts, id: ParticipantId): boolean {
  return [...rooms.values()].some(({ people }) => people.has(id));
}

/** Whether nothing more is to be waited for. */
export function isSettled(
  wishes: readonly PersonWish[],
  replies: ReadonlyMap<ParticipantId, Reply>,
  facts: Facts,
): boolean {
  return wishes
    .filter(({ id }) => replies.get(id) === 'taken')
    .every((wish) => isFulfilled(wish, facts) || (mayLeave(wish) && !isHere(facts, wish.id)));
}

interface BulkWords {
  readonly doneOf: Readonly<Record<BulkAct['kind'], (done: number, of: number) => string>>;
  readonly hadLeft: (count: number) => string;
  readonly unconfirmed: (count: number) => string;
}

/** “27 people can be heard again. 3 had left.” */
export function restoredWords(
  { done, ...rest }: BulkResult,
  words: BulkWords & { readonly restored: (done: number) => string },
): string {
  return [words.restored(done), ...leftOver(rest, words)].join(' ');
}

/** “27 of 30 muted. 3 had left.” */
export function resultWords(
  kind: BulkAct['kind'],
  { asked, done, ...rest }: BulkResult,
  words: BulkWords,
): string {
  return [words.doneOf[kind](done, asked), ...leftOver(rest, words)].join(' ');
}

/** Of those with whom it did not come true. */
function leftOver(
  { gone, failed }: Pick<BulkResult, 'gone' | 'failed'>,
  words: BulkWords,
): readonly string[] {
  return [
    ...(gone > 0 ? [words.hadLeft(gone)] : []),
    ...(failed > 0 ? [words.unconfirmed(failed)] : []),
  ];
}
