import type { Room, RoomId } from '../../protocol/room/room.ts';
import type { ApiParts } from '../parts.ts';
import { signed, withParameter } from './courier.ts';
import type { Courier } from './courier.ts';
import type { Errands } from './errands.ts';
import { changesOf, eventText, meetingCreated } from './events.ts';
import type { BbbEvent } from './events.ts';
import type { Hook, Hooks } from './hooks.ts';
import type { BbbMeeting } from './meeting.ts';
import type { Shelf } from './shelf.ts';
import { usersOf } from './users.ts';
import type { BbbUser } from './users.ts';

interface AnnouncerDesk {
  readonly shelf: Shelf;
  readonly hooks: Hooks;
  readonly courier: Courier;
  readonly errands: Errands;
}

interface Seen {
  readonly users: ReadonlyMap<string, BbbUser>;
  readonly recording: boolean;
}

const NOBODY: Seen = { users: new Map(), recording: false };

/** Tells callbacks what happens in meetings. */
export class Announcer {
  readonly #parts: ApiParts;
  readonly #secret: string;
  readonly #desk: AnnouncerDesk;
  readonly #seen = new Map<RoomId, Seen>();

  constructor(parts: ApiParts, secret: string, desk: AnnouncerDesk) {
    this.#parts = parts;
    this.#secret = secret;
    this.#desk = desk;
  }

  created(meeting: BbbMeeting): void {
    this.#tell(meeting, [meetingCreated(meeting)]);
  }

  /** Something changed in the room; absent: nobody is there any more. */
  fact(meeting: BbbMeeting, room: Room | undefined): void {
    const before = this.#seen.get(meeting.room) ?? NOBODY;
    const people = this.#desk.shelf.peopleKnown(meeting.room);
    const users = usersOf(room, meeting.listenOnly, people);
    const recording = room?.recording ?? false;
    this.#seen.set(meeting.room, { users, recording });
    this.#tell(meeting, [
      ...recordingOf(before.recording, recording),
      ...changesOf(before.users, users),
    ]);
  }

  /** Everybody has left with it. Hooks of this meeting alone are over. */
  ended(meeting: BbbMeeting): void {
    const { users } = this.#seen.get(meeting.room) ?? NOBODY;
    this.#seen.delete(meeting.room);
    this.#tell(meeting, [...changesOf(users, new Map()), { id: 'meeting-ended' }]);
    const { hooks, courier } = this.#desk;
    const marks = `recordingmarks=${meeting.record && meeting.wasRecorded === true}`;
    for (const [n, url] of meeting.endCallbacks.entries())
      courier.take(`end-${meeting.room}-${n}`, { outward: { url: withParameter(url, marks) } });
    if (hooks.known.some(({ meetingID }) => meetingID === meeting.meetingID))
      this.#dropWhere((hook) => hook.meetingID === meeting.meetingID);
  }

  /** A hook that nobody answers for a minute is over, as with BigBlueButton. */
  drop(id: number): void {
    this.#dropWhere((hook) => hook.id === id);
  }

  #tell(meeting: BbbMeeting, events: readonly BbbEvent[]): void {
    for (const event of events)
      for (const hook of this.#desk.hooks.known)
        if (isFor(hook, meeting, event))
          this.#post(hook, eventText(meeting, event, this.#parts.now()));
  }

  #post({ id, callbackURL }: Hook, text: string): void {
    const form = new URLSearchParams({
      domain: new URL(this.#parts.publicUrl()).host,
      event: text,
      timestamp: String(this.#parts.now()),
    }).toString();
    const outward = signed(callbackURL, form, this.#secret);
    this.#desk.courier.take(`hook-${id}`, { outward, hook: id });
  }

  #dropWhere(isOver: (hook: Hook) => boolean): void {
    const { hooks, errands } = this.#desk;
    void errands.run('the removal of a hook', async () => void (await hooks.removeWhere(isOver)));
  }
}

function isFor({ meetingID, eventIDs }: Hook, meeting: BbbMeeting, { id }: BbbEvent): boolean {
  const isHeard = eventIDs === undefined || eventIDs.includes(id);
  return isHeard && (meetingID === undefined || meetingID === meeting.meetingID);
}

function recordingOf(before: boolean, now: boolean): readonly BbbEvent[] {
  if (before === now) return [];
  return [{ id: now ? 'meeting-recording-started' : 'meeting-recording-stopped' }];
}
