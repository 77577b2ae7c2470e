import type { Meeting } from '../../meetings/rules/meeting.ts';
import { seatOf } from '../../meetings/rules/seats.ts';
import type { Seats } from '../../meetings/rules/seats.ts';
import type { RoomId } from '../../protocol/room/room.ts';

/** What a change of a meeting means for somebody who sees their own alone. */
export type Look = 'theirs' | 'gained' | 'lost' | 'not-theirs';

/** A meeting, or what is shown of it. */
type Owned = Seats & { readonly id: RoomId };

/** The meetings that are somebody's to run, as far as a feed knows. */
export class OwnRooms {
  readonly #personId: string;
  #rooms: ReadonlySet<RoomId> = new Set();

  constructor(personId: string) {
    this.#personId = personId;
  }

  /** Which of all meetings are theirs. */
  learn(meetings: readonly Meeting[]): readonly Meeting[] {
    const own = meetings.filter((meeting) => this.#isTheirs(meeting));
    this.#rooms = new Set(own.map(({ id }) => id));
    return own;
  }

  has(room: RoomId): boolean {
    return this.#rooms.has(room);
  }

  look(meeting: Owned): Look {
    const had = this.#rooms.has(meeting.id);
    if (!this.#isTheirs(meeting)) return had ? this.forget(meeting.id) : 'not-theirs';
    if (had) return 'theirs';
    this.#rooms = new Set([...this.#rooms, meeting.id]);
    return 'gained';
  }

  forget(room: RoomId): 'lost' {
    this.#rooms = new Set([...this.#rooms].filter((each) => each !== room));
    return 'lost';
  }

  #isTheirs(meeting: Seats): boolean {
    const seat = seatOf(meeting, this.#personId);
    return seat === 'owner' || seat === 'moderator';
  }
}
