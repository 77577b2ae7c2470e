import type { FeedMessage, Note, Waiting } from '../../protocol/room/feed.ts';
import type { Room } from '../../protocol/room/room.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import { isForThem, ownPart, waitingOf } from './before-room.ts';
import type { Standings } from './before-room.ts';
import type { Line } from './line.ts';
import { narrowed } from './redact.ts';
import { toBytes } from './to-bytes.ts';

/** Before it has its number. */
type Said = FeedMessage extends infer M ? (M extends FeedMessage ? Omit<M, 'seq'> : never) : never;

/**
 * A participant before the room, on the phone or with the page alone: hears of themselves. Numbered
 * by themselves from 1 on, for how much goes on inside is not theirs to know.
 */
export class Onlooker {
  readonly #line: Line;
  readonly #personId: string;
  #seq = 0;
  #waiting: Waiting | undefined;

  constructor(line: Line, personId: string) {
    this.#line = line;
    this.#personId = personId;
  }

  begin(room: Room | undefined, standings: Standings): void {
    const rooms = room === undefined ? [] : [ownPart(toSnapshot(room), this.#personId)];
    this.#waiting = waitingOf(standings, this.#personId);
    this.#say({ kind: 'snapshot', rooms, meetings: [], waiting: this.#waiting });
  }

  /** `before`: the room as it was. */
  hear(note: Note, before: Room | undefined, standings: Standings): void {
    // First, so that nobody who comes to the lobby believes for a moment that they are next.
    this.#tellHowTheyStand(standings);
    if (note.kind === 'event' && isForThem(note.event, before, this.#personId)) this.#say(note);
    if (note.kind === 'room-restated')
      this.#say({ kind: 'room-restated', room: ownPart(note.room, this.#personId) });
  }

  #tellHowTheyStand(standings: Standings): void {
    const now = waitingOf(standings, this.#personId);
    const { place, moderatorInside } = this.#waiting ?? {};
    if (now.place === place && now.moderatorInside === moderatorInside) return;
    this.#waiting = now;
    this.#say({ kind: 'waiting', ...now });
  }

  #say(said: Said): void {
    this.#seq += 1;
    const message = { ...said, seq: this.#seq } as FeedMessage;
    const { role, personId } = { role: 'participant', personId: this.#personId } as const;
    this.#line.send(toBytes(narrowed(message, { role, personId })), this.#seq);
  }
}
