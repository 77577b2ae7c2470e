import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Store } from '../../meetings/store/store.ts';
import { internalId } from './meeting.ts';
import type { BbbMeeting } from './meeting.ts';
import { digestLetters } from './names.ts';

/** Who was let in by a `join`. */
export interface BbbPerson {
  /** As the client named them; absent: it did not. */
  readonly userID?: string;
  readonly fullName: string;
  /** The name that our meeting has for them. */
  readonly name: string;
  readonly customData: Readonly<Record<string, string>>;
}

/** Whose recordings a room's are, for as long as there are any. */
export interface Recorded {
  readonly meetingID: string;
  readonly internalMeetingID: string;
  readonly name: string;
}

/** An ended meeting is still told of for so long. */
const ENDED_LIFE_MS = 3_600_000;
export const MEETINGS = 'bbb:meeting:';
export const PEOPLE = 'bbb:person:';
const RECORDED = 'bbb:recorded:';
const PERSON_LIFE_MS = 30 * 24 * 3_600_000;

/** What is kept for BigBlueButton's clients, by the ids that they chose. */
export class Shelf {
  readonly #store: Store;
  readonly #now: () => number;
  /** What is in the store of people, as far as it came by here. */
  readonly #people = new Map<RoomId, Map<string, BbbPerson>>();

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  find(meetingID: string): Promise<BbbMeeting | undefined> {
    return this.#store.get<BbbMeeting>(place(meetingID));
  }

  /** What lies under a key of the store. */
  at(key: string): Promise<BbbMeeting | undefined> {
    return this.#store.get<BbbMeeting>(key);
  }

  async list(): Promise<readonly BbbMeeting[]> {
    return (await this.#store.list<BbbMeeting>(MEETINGS)).map(([, meeting]) => meeting);
  }

  /** Puts `meeting` in the place of `before`; says no where somebody was faster. */
  replace(before: BbbMeeting | undefined, meeting: BbbMeeting): Promise<boolean> {
    return this.#store.update<BbbMeeting>(place(meeting.meetingID), (now) =>
      now?.room === before?.room ? { value: meeting } : undefined,
    );
  }

  /** Changes it where it is still the same meeting; what it is then. */
  async change(
    meeting: BbbMeeting,
    change: (now: BbbMeeting) => BbbMeeting,
  ): Promise<BbbMeeting | undefined> {
    let after: BbbMeeting | undefined;
    await this.#store.update<BbbMeeting>(place(meeting.meetingID), (now) => {
      after = now?.room === meeting.room ? change(now) : undefined;
      return after === undefined || after === now ? undefined : { value: after };
    });
    return after;
  }

  /** It goes from the shelf by itself an hour later, unless another one of its id takes the place. */
  async ended(meeting: BbbMeeting): Promise<void> {
    this.#people.delete(meeting.room);
    const expiresAtMs = this.#now() + ENDED_LIFE_MS;
    await this.#store.update<BbbMeeting>(place(meeting.meetingID), (now) =>
      now?.room === meeting.room ? { value: { ...now, told: 'ended' }, expiresAtMs } : undefined,
    );
  }

  /** It is being recorded. */
  async noteRecording(meeting: BbbMeeting): Promise<void> {
    const { room, meetingID, name } = meeting;
    const value: Recorded = { meetingID, internalMeetingID: internalId(meeting), name };
    await this.#store.put<Recorded>(`${RECORDED}${room}`, { value });
  }

  /** Those that ever were, by their rooms. */
  async recorded(): Promise<ReadonlyMap<string, Recorded>> {
    const found = await this.#store.list<Recorded>(RECORDED);
    return new Map(found.map(([key, recorded]) => [key.slice(RECORDED.length), recorded]));
  }

  async keepPerson(room: RoomId, personId: string, person: BbbPerson): Promise<void> {
    const expiresAtMs = this.#now() + PERSON_LIFE_MS;
    const digest = digestLetters(personId);
    await this.#store.put<BbbPerson>(`${people(room)}${digest}`, { value: person, expiresAtMs });
    this.#people.set(room, new Map(this.#people.get(room)).set(digest, person));
  }

  /** Those who were let in, by the digest of their `personId`. */
  async people(room: RoomId): Promise<ReadonlyMap<string, BbbPerson>> {
    const found = await this.#store.list<BbbPerson>(people(room));
    const byDigest = new Map(
      found.map(([key, person]) => [key.slice(people(room).length), person] as const),
    );
    this.#people.set(room, byDigest);
    return byDigest;
  }

  /** Somebody whom another process let in, by the key of the store. */
  async learn(key: string): Promise<void> {
    const [room = '', digest = ''] = key.slice(PEOPLE.length).split(':');
    const person = await this.#store.get<BbbPerson>(key);
    if (person && isRoomId(room))
      this.#people.set(room, new Map(this.#people.get(room)).set(digest, person));
  }

  /** Those of them who came by here, without asking the store. */
  peopleKnown(room: RoomId): ReadonlyMap<string, BbbPerson> {
    return this.#people.get(room) ?? new Map<string, BbbPerson>();
  }
}

function place(meetingID: string): string {
  return `${MEETINGS}${digestLetters(meetingID)}`;
}

function people(room: RoomId): string {
  return `${PEOPLE}${room}:`;
}
