import type { MeetingView } from '../../../protocol/http/views.ts';
import type { Participant } from '../../../protocol/room/room.ts';

/** What of a meeting webhooks are told. Listed one by one: a new field may be a code or a link. */
const MEETING_FIELDS = [
  'id',
  'name',
  'state',
  'extension',
  'maxParticipants',
  'startsAt',
  'durationMinutes',
  'timeZone',
  'recurrence',
  'createdAt',
  'endedAt',
  'muteOnEntry',
  'lobby',
  'waitForModerator',
  'unmuteSelf',
  'unmuteOthers',
  'askName',
  'entrySounds',
  'entrySoundsUpTo',
  'language',
  'record',
  'callMe',
] as const satisfies readonly (keyof MeetingView)[];

export type MeetingGist = Pick<MeetingView, (typeof MEETING_FIELDS)[number]>;

/** What of a participant, beside times. */
const PERSON_FIELDS = [
  'id',
  'name',
  'number',
  'unnamed',
  'via',
  'role',
  'state',
  'muted',
  'mutedBy',
  'askedToUnmute',
  'deaf',
  'held',
  'onHold',
  'hand',
  'wantsHelp',
  'volume',
  'personId',
  'audioBy',
] as const satisfies readonly (keyof Participant)[];

export type PersonGist = Pick<Participant, (typeof PERSON_FIELDS)[number]> & {
  readonly joinedAt: string;
  readonly handAt?: string;
};

/** Which changes have no event of their own and make a `participant.updated`. */
export const UPDATED_FIELDS = [
  'name',
  'number',
  'role',
  'mutedBy',
  'askedToUnmute',
  'deaf',
  'held',
  'onHold',
  'wantsHelp',
  'personId',
  'audioBy',
] as const satisfies readonly (keyof Participant)[];

/** No codes, no links. */
export function gistOf(meeting: MeetingView): MeetingGist {
  return picked(meeting, MEETING_FIELDS);
}

/** As the list of participants shows them, without what changes by the second. */
export function personGist(person: Participant): PersonGist {
  const { joinedAtMs, handAtMs } = person;
  return {
    ...picked(person, PERSON_FIELDS),
    joinedAt: new Date(joinedAtMs).toISOString(),
    ...(handAtMs !== undefined && { handAt: new Date(handAtMs).toISOString() }),
  };
}

function picked<T extends object, F extends keyof T>(from: T, fields: readonly F[]): Pick<T, F> {
  const known = fields.filter((field) => from[field] !== undefined);
  return Object.fromEntries(known.map((field) => [field, from[field]])) as Pick<T, F>;
}
