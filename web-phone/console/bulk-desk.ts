import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { MeetingView } from '../../protocol/http/views.ts';
import type { Participant } from '../../protocol/room/room.ts';
import type { PersonWish } from '../feed/wish.ts';
import { words } from '../words/words.ts';
import { openedBefore, restoredWords, resultWords, undoWishes, wishesFor } from './bulk.ts';
import type { BulkAct, BulkResult } from './bulk.ts';
import { runBulk } from './bulk-run.ts';
import type { Console } from './console.ts';

export interface Progress {
  readonly kind: BulkAct['kind'];
  readonly answered: number;
  readonly of: number;
}

/** Does something to many, one such thing at a time, and tells what came of it. */
export class BulkDesk {
  readonly #desk: Console;
  readonly #progress = signal<Progress | undefined>(undefined);
  #last: Promise<unknown> = Promise.resolve();

  constructor(desk: Console) {
    this.#desk = desk;
  }

  /** What is under way. */
  get progress(): ReadonlySignal<Progress | undefined> {
    return this.#progress;
  }

  async act(meeting: MeetingView, act: BulkAct, people: readonly Participant[]): Promise<void> {
    const { notices, feed } = this.#desk;
    const { room } = words('console');
    const { id, unmuteOthers } = meeting;
    const wishes = wishesFor(act, people, { room: id, unmuteOthers });
    if (wishes.length === 0) {
      notices.done(room.nothingToDo);
      return;
    }
    const result = await this.#run(act.kind, wishes);
    if (!result) return;
    const said = resultWords(act.kind, result, words('console').room);
    const undo = undoWishes(wishes, feed.peek(), id);
    const back = undo.length === 0 ? undefined : () => void this.#undo(act.kind, undo);
    if (result.done === 0) notices.warn(said);
    else notices.done(said, back);
  }

  /** Mutes everybody but the moderators; undone, those are open again who were before. */
  async muteAll(meeting: MeetingView, people: readonly Participant[]): Promise<void> {
    const before = openedBefore(people, meeting.id);
    const taken = await this.#desk.wish({ kind: 'mute-all', room: meeting.id });
    if (!taken) return;
    this.#desk.notices.done(words('console').room.allMuted, () => {
      // One request where nobody else was muted.
      const others = people.some(({ muted, role }) => muted && role !== 'moderator');
      if (!others) void this.#desk.wish({ kind: 'unmute-all', room: meeting.id });
      else void this.#undo('mute', before);
    });
  }

  /** Once what is under way is done: nobody who wants something back asks twice for it. */
  async #undo(kind: BulkAct['kind'], wishes: readonly PersonWish[]): Promise<void> {
    await this.#last;
    const result = await this.#run(kind, wishes);
    if (!result) return;
    const { room } = words('console');
    const { notices } = this.#desk;
    const said = kind === 'mute' ? restoredWords(result, room) : resultWords(kind, result, room);
    if (result.failed > 0) notices.warn(said);
    else notices.done(said);
  }

  #run(kind: BulkAct['kind'], wishes: readonly PersonWish[]): Promise<BulkResult | undefined> {
    if (this.#progress.peek()) return Promise.resolve(undefined);
    const result = this.#runNow(kind, wishes);
    this.#last = result;
    return result;
  }

  async #runNow(kind: BulkAct['kind'], wishes: readonly PersonWish[]): Promise<BulkResult> {
    const tell = (answered: number): void => {
      this.#progress.value = { kind, answered, of: wishes.length };
    };
    tell(0);
    try {
      return await runBulk(wishes, this.#desk.feed, tell);
    } finally {
      this.#progress.value = undefined;
    }
  }
}
