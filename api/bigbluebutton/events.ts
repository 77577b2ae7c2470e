import { createDate, internalId } from './meeting.ts';
import type { BbbMeeting } from './meeting.ts';
import type { BbbUser } from './users.ts';

/** What callbacks are told of, by the names that bbb-webhooks has for it. */
export type BbbEventId =
  | 'meeting-created'
  | 'meeting-ended'
  | 'meeting-recording-started'
  | 'meeting-recording-stopped'
  | 'user-joined'
  | 'user-left'
  | 'user-audio-voice-enabled'
  | 'user-audio-voice-disabled'
  | 'user-audio-muted'
  | 'user-audio-unmuted'
  | 'user-raise-hand-changed';

export interface BbbEvent {
  readonly id: BbbEventId;
  /** About whom or what, in the field's place: `user`, or more of `meeting`. */
  readonly user?: object;
  readonly meeting?: object;
}

/** What happened between two looks at a room, in the order in which clients expect it. */
export function changesOf(
  before: ReadonlyMap<string, BbbUser>,
  after: ReadonlyMap<string, BbbUser>,
): readonly BbbEvent[] {
  const left = [...before.values()].filter(({ internalID }) => !after.has(internalID));
  return [
    ...left.flatMap(leaving),
    ...[...after.values()].flatMap((user) => {
      const known = before.get(user.internalID);
      return known === undefined ? coming(user) : changing(known, user);
    }),
  ];
}

export function meetingCreated(meeting: BbbMeeting): BbbEvent {
  const { name, durationMinutes, createdAtMs, moderatorPW, attendeePW } = meeting;
  return {
    id: 'meeting-created',
    meeting: {
      name,
      'is-breakout': false,
      'parent-id': 'bbb-none',
      duration: durationMinutes,
      'create-time': createdAtMs,
      'create-date': createDate(meeting),
      'moderator-pass': moderatorPW,
      'viewer-pass': attendeePW,
      record: meeting.record,
      'voice-conf': meeting.voiceBridge,
      'dial-number': meeting.dialNumber,
      'max-users': meeting.maxUsers,
      metadata: meeting.metadata,
    },
  };
}

/** As it goes over the wire, `[…]` around it. */
export function eventText(meeting: BbbMeeting, event: BbbEvent, nowMs: number): string {
  const attributes = {
    meeting: {
      'internal-meeting-id': internalId(meeting),
      'external-meeting-id': meeting.meetingID,
      ...event.meeting,
    },
    ...(event.user && { user: event.user }),
  };
  const data = { type: 'event', id: event.id, attributes, event: { ts: nowMs } };
  return JSON.stringify([{ data }]);
}

function coming(user: BbbUser): readonly BbbEvent[] {
  const { name, role, via } = user;
  return [
    {
      id: 'user-joined',
      user: { ...ids(user), name, role, presenter: false, 'is-dial-in': via === 'phone' },
    },
    {
      id: 'user-audio-voice-enabled',
      user: {
        ...ids(user),
        'listening-only': user.listeningOnly,
        'sharing-mic': !user.listeningOnly,
        muted: user.muted,
      },
    },
  ];
}

function leaving(user: BbbUser): readonly BbbEvent[] {
  const silent = { 'listening-only': false, 'sharing-mic': false, muted: true };
  return [
    { id: 'user-audio-voice-disabled', user: { ...ids(user), ...silent } },
    { id: 'user-left', user: ids(user) },
  ];
}

function changing(before: BbbUser, user: BbbUser): readonly BbbEvent[] {
  const events: BbbEvent[] = [];
  if (before.muted !== user.muted)
    events.push({
      id: user.muted ? 'user-audio-muted' : 'user-audio-unmuted',
      user: { ...ids(user), muted: user.muted },
    });
  if (before.handRaised !== user.handRaised)
    events.push({
      id: 'user-raise-hand-changed',
      user: { ...ids(user), 'raise-hand': user.handRaised },
    });
  return events;
}

function ids({ internalID, userID }: BbbUser) {
  return { 'internal-user-id': internalID, 'external-user-id': userID };
}
