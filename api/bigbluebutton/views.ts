import type { Room } from '../../protocol/room/room.ts';
import { createDate, internalId } from './meeting.ts';
import type { BbbMeeting } from './meeting.ts';
import type { Found } from './meetings.ts';
import type { BbbUser } from './users.ts';
import { element } from './xml.ts';
import type { Element } from './xml.ts';

type Users = ReadonlyMap<string, BbbUser>;

/** What `create` answers of a meeting. */
export function createdView({ bbb, meeting }: Found, hasUserJoined: boolean): readonly Element[] {
  return [
    element('meetingID', bbb.meetingID),
    element('internalMeetingID', internalId(bbb)),
    element('parentMeetingID', 'bbb-none'),
    element('attendeePW', bbb.attendeePW),
    element('moderatorPW', bbb.moderatorPW),
    element('createTime', bbb.createdAtMs),
    element('voiceBridge', bbb.voiceBridge),
    element('dialNumber', bbb.dialNumber),
    element('createDate', createDate(bbb)),
    element('hasUserJoined', hasUserJoined),
    element('duration', bbb.durationMinutes),
    element('hasBeenForciblyEnded', meeting.endedAtMs !== undefined),
    ...codesOf({ bbb, meeting }),
  ];
}

/** What `getMeetingInfo` and `getMeetings` tell of one. */
export function meetingView(
  { bbb, meeting }: Found,
  room: Room | undefined,
  users: Users,
): readonly Element[] {
  const all = [...users.values()];
  const listeners = all.filter(({ listeningOnly }) => listeningOnly).length;
  return [
    ...headOf(bbb),
    element('running', all.length > 0),
    element('duration', bbb.durationMinutes),
    element('hasUserJoined', hasUserJoined(bbb, users)),
    element('recording', bbb.record),
    element('hasBeenForciblyEnded', meeting.endedAtMs !== undefined),
    element('startTime', bbb.createdAtMs),
    element('endTime', meeting.endedAtMs ?? 0),
    element('participantCount', all.length),
    element('listenerCount', listeners),
    element('voiceParticipantCount', all.length - listeners),
    element('videoCount', 0),
    element('maxUsers', bbb.maxUsers),
    element('moderatorCount', all.filter(({ role }) => role === 'MODERATOR').length),
    element('attendees', all.map(attendeeView)),
    element('metadata', textsOf(bbb.metadata)),
    element('isBreakout', false),
    ...ofOurs(all, room),
    ...codesOf({ bbb, meeting }),
  ];
}

export function hasUserJoined(bbb: BbbMeeting, users: Users): boolean {
  return bbb.joinedAtMs !== undefined || users.size > 0;
}

function headOf(bbb: BbbMeeting): readonly Element[] {
  return [
    element('meetingName', bbb.name),
    element('meetingID', bbb.meetingID),
    element('internalMeetingID', internalId(bbb)),
    element('createTime', bbb.createdAtMs),
    element('createDate', createDate(bbb)),
    element('voiceBridge', bbb.voiceBridge),
    element('dialNumber', bbb.dialNumber),
    element('attendeePW', bbb.attendeePW),
    element('moderatorPW', bbb.moderatorPW),
  ];
}

/** The last ones are ours: BigBlueButton tells neither of microphones nor who is on the phone. */
function attendeeView(user: BbbUser): Element {
  return element('attendee', [
    element('userID', user.userID),
    element('fullName', user.name),
    element('role', user.role),
    element('isPresenter', false),
    element('isListeningOnly', user.listeningOnly),
    element('hasJoinedVoice', !user.listeningOnly),
    element('hasVideo', false),
    element('clientType', user.via === 'phone' ? 'DIAL-IN' : 'HTML5'),
    element('customdata', textsOf(user.customData)),
    element('isDialIn', user.via === 'phone'),
    ...(user.number === '' ? [] : [element('callerNumber', user.number)]),
    element('isMuted', user.muted),
    element('isTalking', user.talking),
    element('hasRaisedHand', user.handRaised),
  ]);
}

/** Additions of ours: callers, the lobby, and whether it is being recorded at this moment. */
function ofOurs(all: readonly BbbUser[], room: Room | undefined): readonly Element[] {
  const waiting = [...(room?.people.values() ?? [])].filter(({ state }) => state === 'lobby');
  return [
    element('dialInCount', all.filter(({ via }) => via === 'phone').length),
    element('lobbyCount', waiting.length),
    element('isBeingRecorded', room?.recording ?? false),
  ];
}

/** What callers without an account type after the dial-in number. */
function codesOf({ meeting }: Found): readonly Element[] {
  return [
    element('dialInCode', meeting.codes.join),
    element('moderatorDialInCode', meeting.codes.moderator),
  ];
}

function textsOf(texts: Readonly<Record<string, string>>): readonly Element[] {
  return Object.entries(texts).map(([name, text]) => element(name, text));
}
