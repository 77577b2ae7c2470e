import type { Language } from '../../protocol/call/language.ts';
import type { MeetingRules } from '../../protocol/http/views.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { MeetingCodes } from './codes.ts';
import { after, given } from './given.ts';
import { rescheduled, revised } from './rescheduling.ts';
import type { Schedule } from './schedule.ts';
import type { Member, Seats } from './seats.ts';

/** A meeting with all its rules. Times are milliseconds since 1970. */
export interface Meeting extends MeetingRules, Schedule, Seats {
  readonly id: RoomId;
  readonly name: string;
  readonly extension?: string;
  readonly maxParticipants?: number;
  readonly createdAtMs: number;
  /** How often what an invitation says was changed: the SEQUENCE of RFC 5545. */
  readonly revision?: number;
  readonly endedAtMs?: number;
  readonly codes: MeetingCodes;
}

/** As it lies in the store: versions before knew fewer rules. */
export type KeptMeeting = Omit<Meeting, keyof MeetingRules> & Partial<MeetingRules>;

type Rules = { readonly [R in keyof MeetingRules]?: MeetingRules[R] | undefined };

/** What may be asked for when a meeting is made; what is not named is as `standardRules` has it. */
export interface MeetingWish extends Rules {
  readonly name: string;
  readonly extension?: string | undefined;
  readonly maxParticipants?: number | undefined;
  readonly startsAtMs?: number | undefined;
  readonly durationMinutes?: number | undefined;
  readonly timeZone?: string | undefined;
  /** As `checkedRecurrence` gives it. */
  readonly recurrence?: string | undefined;
  /** Who makes it, where that is somebody with an account. */
  readonly owner?: string | undefined;
  readonly members?: readonly Member[] | undefined;
}

/** What may be changed later; `null` takes an optional thing away. */
export interface MeetingChange extends Rules {
  readonly name?: string | undefined;
  readonly extension?: string | null | undefined;
  readonly maxParticipants?: number | null | undefined;
  readonly startsAtMs?: number | null | undefined;
  readonly durationMinutes?: number | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly recurrence?: string | null | undefined;
  readonly members?: readonly Member[] | undefined;
}

/** A meeting's rules where nobody says otherwise. */
export function standardRules(language: Language): MeetingRules {
  return {
    muteOnEntry: false,
    lobby: false,
    waitForModerator: false,
    unmuteSelf: true,
    unmuteOthers: 'ask',
    askName: false,
    entrySounds: 'tones',
    entrySoundsUpTo: 12,
    language,
    record: false,
    callMe: false,
    earlyEntryMinutes: 0,
    endWithoutModeratorMinutes: 0,
    endWhenSilentMinutes: 0,
    endWhenEmptyMinutes: 0,
    maxMinutes: 0,
  };
}

/** A meeting from the store, with the standard for every rule that was not kept. */
export function completed(kept: KeptMeeting, language: Language): Meeting {
  return { ...standardRules(language), ...kept };
}

/** The rules that a wish or a change names, over those there were. */
export function ruled(before: MeetingRules, wish: Rules): MeetingRules {
  const names = Object.keys(before) as (keyof MeetingRules)[];
  return Object.fromEntries(
    names.map((name) => [name, wish[name] ?? before[name]]),
  ) as unknown as MeetingRules;
}

/** The rules of a meeting, without what else it is. */
export function rulesOf(meeting: Meeting): MeetingRules {
  return ruled(standardRules(meeting.language), meeting);
}

/** The meeting after a change; what the change does not name stays. A new time closes it again. */
export function changed(meeting: Meeting, change: MeetingChange): Meeting {
  const { extension, maxParticipants, ...rest } = meeting;
  const next: Meeting = {
    ...rest,
    ...ruled(rulesOf(meeting), change),
    name: change.name ?? meeting.name,
    ...given('extension', after(extension, change.extension)),
    ...given('maxParticipants', after(maxParticipants, change.maxParticipants)),
    ...given('members', change.members ?? meeting.members),
  };
  return revised(meeting, rescheduled(next, change));
}
