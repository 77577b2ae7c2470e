import { InTurn } from '../../meetings/in-turn.ts';
import { letters } from '../../meetings/rules/ids.ts';
import type { Meeting, MeetingWish } from '../../meetings/rules/meeting.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { ApiParts } from '../parts.ts';
import { isSame } from './meeting.ts';
import type { BbbExtras, BbbMeeting, BbbWish } from './meeting.ts';
import { meetingName } from './names.ts';
import type { Shelf } from './shelf.ts';

/** A meeting as a client knows it, and as we do. */
export interface Found {
  readonly bbb: BbbMeeting;
  readonly meeting: Meeting;
}

export type Created =
  | { readonly kind: 'made' | 'there-already'; readonly found: Found }
  | { readonly kind: 'other-parameters' | 'bridge-taken' };

/** So many numbers are tried where the client names none: with half of them taken, one in a million fails. */
const DRAWS = 20;
const MOST_PEOPLE = 1_000;

/** Meetings that clients of BigBlueButton's API made. Ours decide whether one has ended. */
export class BbbMeetings {
  readonly #parts: ApiParts;
  readonly #shelf: Shelf;
  readonly #turns = new InTurn();

  constructor(parts: ApiParts, shelf: Shelf) {
    this.#parts = parts;
    this.#shelf = shelf;
  }

  /** Ended ones too, for an hour. */
  async find(meetingID: string): Promise<Found | undefined> {
    const bbb = await this.#shelf.find(meetingID);
    return bbb && this.#withMeeting(bbb);
  }

  /** Those that have not ended, in the order of their making. */
  async list(): Promise<readonly Found[]> {
    const all = await Promise.all((await this.#shelf.list()).map((bbb) => this.#withMeeting(bbb)));
    return all
      .filter((found) => found !== undefined)
      .filter(({ meeting }) => meeting.endedAtMs === undefined)
      .sort((a, b) => a.bbb.createdAtMs - b.bbb.createdAtMs);
  }

  /** Asked twice, there is one meeting. */
  create(wish: BbbWish, extras: BbbExtras): Promise<Created> {
    return this.#turns.run(wish.meetingID, async () => {
      for (;;) {
        const created = await this.#create(wish, extras);
        if (created) return created;
      }
    });
  }

  /** Nothing where another process was faster; then it is looked at anew. */
  async #create(wish: BbbWish, extras: BbbExtras): Promise<Created | undefined> {
    const kept = await this.#shelf.find(wish.meetingID);
    const before = kept && (await this.#withMeeting(kept));
    if (before && before.meeting.endedAtMs === undefined) {
      const kind = isSame(before.bbb, wish) ? 'there-already' : 'other-parameters';
      return kind === 'there-already' ? { kind, found: before } : { kind };
    }
    const meeting = await this.#make(wish);
    if (!meeting) return { kind: 'bridge-taken' };
    const bbb = this.#completed(wish, extras, meeting);
    if (await this.#shelf.replace(kept, bbb)) return { kind: 'made', found: { bbb, meeting } };
    await this.#parts.meetings.meetings.delete(meeting.id);
    return undefined;
  }

  async #make(wish: BbbWish): Promise<Meeting | undefined> {
    const { meetings } = this.#parts.meetings;
    for (let draw = 0; draw < (wish.voiceBridge === undefined ? DRAWS : 1); draw++) {
      const extension = wish.voiceBridge ?? fiveDigits(this.#parts.random);
      const made = await meetings.create({ ...rulesFor(wish), extension });
      if (made.ok) return made.meeting;
    }
    return undefined;
  }

  #completed(wish: BbbWish, extras: BbbExtras, meeting: Meeting): BbbMeeting {
    const { random, meetings } = this.#parts;
    const { dialIn } = meetings.views.show(meeting, 0);
    const number = dialIn.find((way) => way.number.startsWith('+')) ?? dialIn[0];
    return {
      attendeePW: letters(8, random),
      moderatorPW: letters(8, random),
      voiceBridge: meeting.extension ?? '',
      dialNumber: number?.number ?? '',
      maxUsers: 0,
      durationMinutes: 0,
      record: false,
      muteOnStart: false,
      modsUnmute: false,
      listenOnly: false,
      guestPolicy: 'ALWAYS_ACCEPT',
      unjoinedMinutes: 5,
      emptyMinutes: 1,
      ...wish,
      ...extras,
      room: meeting.id,
      createdAtMs: meeting.createdAtMs,
    };
  }

  async #withMeeting(bbb: BbbMeeting): Promise<Found | undefined> {
    const meeting = await this.#parts.meetings.meetings.get(bbb.room);
    return meeting && { bbb, meeting };
  }
}

/**
 * Closes the door, then the room. Says whether nobody is left in there: a switch that is away is asked
 * again by whoever needs it to be so.
 */
export async function endMeeting({ meetings, rooms }: ApiParts, room: RoomId): Promise<boolean> {
  await meetings.meetings.end(room);
  const outcome = await rooms.execute({ kind: 'close-room', room });
  return outcome.ok || outcome.reason === 'no-such-room' || !rooms.rooms().has(room);
}

/** The wish in our terms. Whoever is not waved through waits for a moderator, callers too. */
function rulesFor(wish: BbbWish): MeetingWish {
  const { maxUsers = 0, guestPolicy = 'ALWAYS_ACCEPT', listenOnly = false } = wish;
  return {
    name: meetingName(wish.name),
    lobby: guestPolicy !== 'ALWAYS_ACCEPT',
    muteOnEntry: (wish.muteOnStart ?? false) || listenOnly,
    unmuteSelf: !listenOnly,
    unmuteOthers: wish.modsUnmute === true ? 'allowed' : 'ask',
    ...(maxUsers > 0 && { maxParticipants: Math.min(maxUsers, MOST_PEOPLE) }),
  };
}

/** 10000 to 99999, nearly every one as likely: the bias is one in 47,000. */
function fiveDigits(random: (byteCount: number) => Uint8Array): string {
  const drawn = Buffer.from(random(4)).readUInt32BE();
  return String(10_000 + (drawn % 90_000));
}
