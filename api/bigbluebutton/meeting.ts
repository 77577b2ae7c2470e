import { createHash } from 'node:crypto';
import type { RoomId } from '../../protocol/room/room.ts';

export const GUEST_POLICIES = [
  'ALWAYS_ACCEPT',
  'ALWAYS_DENY',
  'ASK_MODERATOR',
  'ALWAYS_ACCEPT_AUTH',
] as const;
export type GuestPolicy = (typeof GUEST_POLICIES)[number];

/** What a client asks of a meeting when it makes one; absent is what it did not name. */
export interface BbbWish {
  readonly meetingID: string;
  readonly name: string;
  readonly attendeePW?: string;
  readonly moderatorPW?: string;
  readonly voiceBridge?: string;
  readonly dialNumber?: string;
  /** 0: no limit. */
  readonly maxUsers?: number;
  /** 0: no limit. */
  readonly durationMinutes?: number;
  readonly record?: boolean;
  readonly muteOnStart?: boolean;
  readonly modsUnmute?: boolean;
  /** Participants only listen. */
  readonly listenOnly?: boolean;
  readonly guestPolicy?: GuestPolicy;
  /** 0: never. */
  readonly unjoinedMinutes?: number;
  /** 0: never. */
  readonly emptyMinutes?: number;
}

/** What travels beside: a second call may differ in it. */
export interface BbbExtras {
  readonly metadata: Readonly<Record<string, string>>;
  /** Asked with GET once the meeting has ended. */
  readonly endCallbacks: readonly string[];
}

/** What is kept of a meeting beside our own record of it. Times are milliseconds since 1970. */
export interface BbbMeeting extends Required<BbbWish>, BbbExtras {
  readonly room: RoomId;
  readonly createdAtMs: number;
  /** When somebody came for the first time. */
  readonly joinedAtMs?: number;
  /** Since when nobody is there; absent while somebody is, and before anybody came. */
  readonly emptySinceMs?: number;
  /** Whether it was recorded at any time. */
  readonly wasRecorded?: true;
  /** What callbacks were told of: that it was made, and that it ended. */
  readonly told?: 'created' | 'ended';
}

/** When the meeting is over by itself: its time is up, nobody came, or all have left. */
export function endsAtMs(meeting: BbbMeeting): number | undefined {
  const { createdAtMs, joinedAtMs, emptySinceMs } = meeting;
  const times = [
    after(createdAtMs, meeting.durationMinutes),
    joinedAtMs === undefined ? after(createdAtMs, meeting.unjoinedMinutes) : undefined,
    after(emptySinceMs, meeting.emptyMinutes),
  ].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Whether its own length, and not that nobody is there, ends the meeting now. */
export function isTimeUp({ createdAtMs, durationMinutes }: BbbMeeting, nowMs: number): boolean {
  const upAtMs = after(createdAtMs, durationMinutes);
  return upAtMs !== undefined && nowMs >= upAtMs;
}

function after(sinceMs: number | undefined, minutes: number): number | undefined {
  return sinceMs === undefined || minutes === 0 ? undefined : sinceMs + minutes * 60_000;
}

/** With somebody in the room, or with nobody any more. The very same object where nothing changes. */
export function occupied(meeting: BbbMeeting, isOccupied: boolean, nowMs: number): BbbMeeting {
  const { emptySinceMs, ...rest } = meeting;
  if (isOccupied) {
    const isKnown = meeting.joinedAtMs !== undefined && emptySinceMs === undefined;
    return isKnown ? meeting : { ...rest, joinedAtMs: meeting.joinedAtMs ?? nowMs };
  }
  const isNews = meeting.joinedAtMs !== undefined && emptySinceMs === undefined;
  return isNews ? { ...meeting, emptySinceMs: nowMs } : meeting;
}

/** Whether all that the wish names is as the meeting has it. */
export function isSame(meeting: BbbMeeting, wish: BbbWish): boolean {
  const names = Object.keys(wish) as (keyof BbbWish)[];
  return names.every((name) => wish[name] === undefined || wish[name] === meeting[name]);
}

/** As BigBlueButton makes them: two meetings of one id, one after the other, have different ones. */
export function internalId({ meetingID, createdAtMs }: BbbMeeting): string {
  return `${createHash('sha1').update(meetingID).digest('hex')}-${createdAtMs}`;
}

/** `Mon Jul 09 17:03:29 UTC 2018` */
export function createDate({ createdAtMs }: BbbMeeting): string {
  const [weekday, day, month, year, time] = new Date(createdAtMs).toUTCString().split(/[ ,]+/);
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
