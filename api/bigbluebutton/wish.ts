import type { Role } from '../../protocol/room/room.ts';
import { fault, MISSING_MEETING_ID } from './answer.ts';
import type { Fault } from './answer.ts';
import { GUEST_POLICIES } from './meeting.ts';
import type { BbbExtras, BbbMeeting, BbbWish } from './meeting.ts';
import type { Parameters } from './parameters.ts';

export type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

const LONGEST_MINUTES = 60 * 24 * 365;
const MOST_METADATA = 100;

/** What a `create` asks for, or why it cannot be. */
export function readCreate(params: Parameters): Read<{ wish: BbbWish; extras: BbbExtras }> {
  const meetingID = readMeetingId(params);
  if (!meetingID.ok) return meetingID;
  const name = params.text('name');
  if (name === undefined) return invalid('You must provide a meeting name.');
  const wish: BbbWish = {
    meetingID: meetingID.value,
    name,
    ...wordsOf(params),
    ...rulesOf(params),
  };
  const broken = RULES.find(({ isKept }) => !isKept(wish, params));
  if (broken) return invalid(broken.message);
  return { ok: true, value: { wish, extras: extrasOf(params) } };
}

/** 2 to 256 characters without a comma or control characters, as BigBlueButton has it. */
export function readMeetingId(params: Parameters): Read<string> {
  const meetingID = params.text('meetingID');
  if (meetingID === undefined) return { ok: false, fault: MISSING_MEETING_ID };
  if (meetingID.length < 2 || meetingID.length > 256)
    return invalid('Meeting ID must be between 2 and 256 characters');
  if (/[,\p{Cc}]/u.test(meetingID)) return invalid("Meeting ID cannot contain ','");
  return { ok: true, value: meetingID };
}

/** As what a `join` comes in: by role, or by the password that the meeting has for it. */
export function readRole(params: Parameters, meeting: BbbMeeting): Read<Role> {
  const role = params.text('role')?.toUpperCase();
  if (role === 'MODERATOR') return { ok: true, value: 'moderator' };
  if (role === 'VIEWER' || role === 'ATTENDEE') return { ok: true, value: 'participant' };
  const password = params.text('password');
  if (role !== undefined && password === undefined)
    return invalid('Role must be either MODERATOR or VIEWER');
  if (password === undefined)
    return refused('Params required', 'You must either specify a role or a password.');
  if (password === meeting.moderatorPW) return { ok: true, value: 'moderator' };
  if (password === meeting.attendeePW) return { ok: true, value: 'participant' };
  return refused(
    'invalidPassword',
    'You either did not supply a password or the password supplied is neither the attendee or moderator password for this conference.',
  );
}

function wordsOf(params: Parameters): Partial<BbbWish> {
  return stated({
    attendeePW: params.text('attendeePW'),
    moderatorPW: params.text('moderatorPW'),
    voiceBridge: params.text('voiceBridge'),
    dialNumber: params.text('dialNumber'),
    guestPolicy: GUEST_POLICIES.find((policy) => policy === params.text('guestPolicy')),
  });
}

function rulesOf(params: Parameters): Partial<BbbWish> {
  return stated({
    maxUsers: params.count('maxParticipants'),
    durationMinutes: params.count('duration'),
    unjoinedMinutes: params.count('meetingExpireIfNoUserJoinedInMinutes'),
    emptyMinutes: params.count('meetingExpireWhenLastUserLeftInMinutes'),
    record: params.flag('record'),
    muteOnStart: params.flag('muteOnStart'),
    modsUnmute: params.flag('allowModsToUnmuteUsers'),
    listenOnly: params.flag('lockSettingsDisableMic'),
  });
}

function extrasOf(params: Parameters): BbbExtras {
  const named = Object.entries(params.group('meta_', MOST_METADATA));
  const callbacks = [params.text('meetingEndedURL'), params.text('meta_endCallbackUrl')];
  return {
    metadata: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), value])),
    endCallbacks: callbacks.filter((url) => url !== undefined),
  };
}

interface Rule {
  readonly isKept: (wish: BbbWish, params: Parameters) => boolean;
  readonly message: string;
}

/** In the words of BigBlueButton where it has any. */
const RULES: readonly Rule[] = [
  {
    isKept: ({ name }) => name.length <= 256,
    message: 'Meeting name must be between 2 and 256 characters',
  },
  {
    isKept: ({ attendeePW = 'none' }) => isPassword(attendeePW),
    message: 'Attendee password must be between 2 and 64 characters',
  },
  {
    isKept: ({ moderatorPW = 'none' }) => isPassword(moderatorPW),
    message: 'Moderator password must be between 2 and 64 characters',
  },
  {
    isKept: ({ voiceBridge = '10000' }) => /^\d{2,6}$/.test(voiceBridge),
    message: 'Voice bridge must be a number of 2 to 6 digits',
  },
  {
    isKept: ({ dialNumber = '' }) => dialNumber.length <= 64,
    message: 'Dial number must be at most 64 characters',
  },
  {
    isKept: ({ maxUsers = 0 }) => !Number.isNaN(maxUsers),
    message: 'Max participants must be a number',
  },
  {
    isKept: ({ durationMinutes = 0, unjoinedMinutes = 0, emptyMinutes = 0 }) =>
      [durationMinutes, unjoinedMinutes, emptyMinutes].every((count) => count <= LONGEST_MINUTES),
    message: 'Durations must be minutes, at most a year',
  },
  {
    isKept: ({ guestPolicy }, params) =>
      (guestPolicy === undefined) === (params.text('guestPolicy') === undefined),
    message: `Guest policy must be one of ${GUEST_POLICIES.join(', ')}`,
  },
];

function isPassword(text: string): boolean {
  return text.length >= 2 && text.length <= 64;
}

/** Without what was not said. */
function stated(wish: {
  readonly [K in keyof BbbWish]?: BbbWish[K] | undefined;
}): Partial<BbbWish> {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

function invalid(message: string): { readonly ok: false; readonly fault: Fault } {
  return refused('validationError', message);
}

function refused(key: string, message: string): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: fault(key, message) };
}
