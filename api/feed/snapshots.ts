import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import type { RoomId, Rooms } from '../../protocol/room/room.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import type { ApiParts } from '../parts.ts';
import type { TakeSnapshot } from './log-feed.ts';
import type { OwnRooms } from './own-rooms.ts';
import type { Scope } from './scope.ts';

/** The rooms and meetings as they are now, for those who begin to read. */
export class Snapshots {
  readonly #parts: ApiParts;
  readonly #all: () => Rooms;

  /** `rooms`: as they are now, and no older than what the log told until now. */
  constructor(parts: ApiParts, rooms: () => Rooms) {
    this.#parts = parts;
    this.#all = rooms;
  }

  /** Rooms at once; meetings may be a moment younger. */
  async take(scope: Exclude<Scope, { kind: 'own' | 'person' }>): ReturnType<TakeSnapshot> {
    const now = this.#now((id) => scope.kind === 'everything' || id === scope.room);
    return { kind: 'snapshot', ...now, meetings: await this.#meetings(scope) };
  }

  async takeOwn(own: OwnRooms): ReturnType<TakeSnapshot> {
    const meetings = own.learn(await this.#parts.meetings.meetings.list());
    const now = this.#now((id) => own.has(id));
    return { kind: 'snapshot', ...now, meetings: meetings.map((each) => this.#view(each)) };
  }

  /** Of meetings that are seen, with their breakout rooms. */
  #now(isSeen: (meeting: RoomId) => boolean) {
    const { meetings } = this.#parts;
    const all = [...this.#all().values()];
    const breakouts = meetings.breakouts.all().filter(({ meeting }) => isSeen(meeting));
    return {
      rooms: all.filter(({ id }) => isSeen(meetings.breakouts.mainOf(id))).map(toSnapshot),
      ...(breakouts.length > 0 && { breakouts }),
    };
  }

  async #meetings(
    scope: Exclude<Scope, { kind: 'own' | 'person' }>,
  ): Promise<readonly MeetingView[]> {
    const { meetings } = this.#parts.meetings;
    if (scope.kind === 'everything') return (await meetings.list()).map((each) => this.#view(each));
    const meeting = await meetings.get(scope.room);
    return meeting ? [this.#view(meeting)] : [];
  }

  #view(meeting: Meeting): MeetingView {
    const people = peopleInside(this.#parts.rooms.rooms().get(meeting.id));
    return this.#parts.meetings.views.show(meeting, people);
  }
}
