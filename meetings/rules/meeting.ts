import type { Language } from '../../protocol/call/language.ts';
import type { MeetingRules } from '../../protocol/http/views.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { MeetingCodes } from './codes.ts';

/** A meeting with all its rules. Times are milliseconds since 1970. */
export interface Meeting extends MeetingRules {
  readonly id: RoomId;
  readonly name: string;
  readonly extension?: string;
  readonly maxParticipants?: number;
  /** Participants wait until then, or until a moderator opens it. */
  readonly startsAtMs?: number;
  /** When a moderator opened it before its time. */
  readonly openedAtMs?: number;
  readonly createdAtMs: number;
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
}

/** What may be changed later; `null` takes an optional thing away. */
export interface MeetingChange extends Rules {
  readonly name?: string | undefined;
  readonly extension?: string | null | undefined;
  readonly maxParticipants?: number | null | undefined;
  readonly startsAtMs?: number | null | undefined;
}

export type MeetingState = 'planned' | 'open' | 'ended';

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
    callMe: false,
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

export function stateOf(meeting: Meeting, nowMs: number): MeetingState {
  if (meeting.endedAtMs !== undefined) return 'ended';
  const { startsAtMs, openedAtMs } = meeting;
  return startsAtMs !== undefined && openedAtMs === undefined && startsAtMs > nowMs
    ? 'planned'
    : 'open';
}

/** The meeting after a change; what the change does not name stays. A new time closes it again. */
export function changed(meeting: Meeting, change: MeetingChange): Meeting {
  const { extension, maxParticipants, startsAtMs, openedAtMs, ...rest } = meeting;
  const isMoved = change.startsAtMs !== undefined && change.startsAtMs !== startsAtMs;
  return {
    ...rest,
    ...ruled(rulesOf(meeting), change),
    name: change.name ?? meeting.name,
    ...given('extension', after(extension, change.extension)),
    ...given('maxParticipants', after(maxParticipants, change.maxParticipants)),
    ...given('startsAtMs', after(startsAtMs, change.startsAtMs)),
    ...given('openedAtMs', isMoved ? undefined : openedAtMs),
  };
}

function after<T>(before: T | undefined, change: T | null | undefined): T | undefined {
  return change === undefined ? before : (change ?? undefined);
}

/** `{ [name]: value }`, or nothing where there is no value. */
export function given<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: V });
}
