import { may } from '../../meetings/rules/access.ts';
import type { BanScope } from '../../meetings/bans.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { seated, stillHolds } from '../known.ts';
import type { Known } from '../known.ts';
import type { ApiParts } from '../parts.ts';
import type { Line } from './line.ts';
import { actOf } from './scope.ts';
import type { Scope } from './scope.ts';

/** Close codes of ours (RFC 6455 section 7.4.2). */
const RAN_OUT = 4401;
const BANNED = 4403;
const GONE = 4404;

interface Reading {
  readonly known: Known;
  readonly scope: Scope;
}

/** Whether those who read still may. */
export class FeedGuard {
  readonly #parts: ApiParts;
  readonly #readings = new Map<Line, Reading>();
  readonly #stops: readonly (() => void)[];

  constructor(parts: ApiParts) {
    const { meetings, bans, people } = parts.meetings;
    this.#parts = parts;
    this.#stops = [
      parts.events.subscribe(({ note }) => {
        if (note.kind === 'meeting-removed') this.#dismiss(note.id);
      }),
      meetings.subscribe((news) => {
        if (news.kind === 'updated') this.#onMeeting(news.meeting.id);
      }),
      bans.subscribe((where) => void this.#expel(where)),
      people.known.subscribe((personId) => this.#onPerson(personId)),
    ];
  }

  /** How many read now. */
  get count(): number {
    return this.#readings.size;
  }

  watch(line: Line, reading: Reading): void {
    this.#readings.set(line, reading);
    line.onceClosed(() => this.#readings.delete(line));
  }

  /** Does what they showed still hold? */
  async look(line: Line): Promise<void> {
    const reading = this.#readings.get(line);
    if (!reading) return;
    const { caller } = reading.known;
    if (!(await this.#holds(reading))) line.close(RAN_OUT, 'Sign in again');
    else if (caller.kind === 'person' && (await this.#isBanned(caller)))
      line.close(BANNED, 'Banned from this meeting');
  }

  /** Lets all of them go. */
  stop(code: number, reason: string): void {
    for (const stop of this.#stops) stop();
    for (const line of this.#readings.keys()) line.close(code, reason);
  }

  /** A store that does not answer now does not throw anybody out. */
  #holds(reading: Reading): Promise<boolean> {
    return this.#stillMay(reading).catch(() => true);
  }

  /** A seat in the meeting may have been taken away; what is one's own alone the feed itself looks after. */
  async #stillMay({ known, scope }: Reading): Promise<boolean> {
    if (!(await stillHolds(this.#parts, known))) return false;
    if (known.caller.kind !== 'user' || scope.kind !== 'meeting') return true;
    const { caller } = await seated(this.#parts, known, scope.room);
    return may(caller, actOf(scope.room));
  }

  /** Who is banned no longer sees who is there. */
  async #expel(where: BanScope): Promise<void> {
    for (const [line, { scope }] of this.#readings)
      if (scope.kind === 'person' && isThere(scope.room, where) && (await this.#isBanned(scope)))
        line.close(BANNED, 'Banned from this meeting');
  }

  /** A store that does not answer now is asked again at the next look. */
  #isBanned({ room, personId }: { room: RoomId; personId: string }): Promise<boolean> {
    return this.#parts.meetings.bans.holds(room, { personId }).catch(() => false);
  }

  /** Whoever is disabled, deleted or given another role is looked at in the same moment. */
  #onPerson(personId: string): void {
    for (const [line, { known }] of this.#readings) {
      const { caller } = known;
      if ((caller.kind === 'user' || caller.kind === 'person') && caller.personId === personId)
        void this.look(line);
    }
  }

  /** So is whoever watches a meeting by their seat in it. */
  #onMeeting(id: RoomId): void {
    for (const [line, { known, scope }] of this.#readings)
      if (known.caller.kind === 'user' && scope.kind === 'meeting' && scope.room === id)
        void this.look(line);
  }

  /** Nobody goes on watching a meeting that is forgotten. */
  #dismiss(id: RoomId): void {
    for (const [line, { scope }] of this.#readings)
      if ('room' in scope && scope.room === id) line.close(GONE, 'Meeting deleted');
  }
}

function isThere(room: RoomId, where: BanScope): boolean {
  return where === 'house' || where === room;
}
