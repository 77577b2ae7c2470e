import type { LeaveReason, RoomEvent } from '../../protocol/room/event.ts';
import type { CallEnd, OutboundCall } from '../../protocol/room/outbound-call.ts';
import type { Participant, Room, Rooms, WhyEnds } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/**
 * What a screen reader says about a fact, or nothing where the fact is not worth interrupting for
 * (talking comes and goes by the second).
 */
export function announce(event: RoomEvent, before: Rooms): string | undefined {
  const room = before.get(event.room);
  switch (event.kind) {
    case 'participant-updated':
      return change(room, event.participant);
    case 'participant-left':
      return leaving(room, event);
    case 'room-updated':
      return roomChange(event, room);
    case 'room-opened':
      return undefined;
    case 'room-ends':
      return endChange(event, room);
    case 'room-closed':
      return 'The room is empty now.';
    case 'call-updated':
      return callChange(room, event.call);
    case 'call-forgotten':
      return undefined;
    default:
      return unreachable(event);
  }
}

/** Once: a second word about the same end is not news. */
function endChange(
  { end }: RoomEvent & { kind: 'room-ends' },
  room: Room | undefined,
): string | undefined {
  const before = room?.end;
  if (end === undefined) return before && 'The meeting goes on after all.';
  if (before?.why === end.why) return undefined;
  if (end.why === 'breakout') return 'Everybody comes back together soon.';
  return WHY_ENDS[end.why];
}

const WHY_ENDS: Record<Exclude<WhyEnds, 'breakout'>, string> = {
  time: 'The meeting ends soon: its time is up.',
  'no-moderator': 'The meeting ends soon: the last moderator left.',
  silence: 'The meeting ends soon: nobody speaks.',
  empty: 'The meeting ends soon: nobody is there.',
};

const LEFT: Record<Exclude<LeaveReason, 'replaced'>, string> = {
  'hung-up': 'left',
  removed: 'was removed',
  refused: 'was not let in',
  'meeting-ended': 'left: the meeting ended',
  'connection-lost': 'lost the connection',
  moved: 'went to another room',
};

/** Somebody over whose phone another leg speaks has not left, nor has who is there on a new leg. */
function leaving(
  room: Room | undefined,
  { id, reason }: RoomEvent & { kind: 'participant-left' },
): string | undefined {
  const person = room?.people.get(id);
  if (reason === 'replaced') return undefined;
  return person && person.audioBy === undefined ? `${person.name} ${LEFT[reason]}.` : undefined;
}

function change(room: Room | undefined, now: Participant): string | undefined {
  // Not somebody new: this leg's person speaks over another.
  if (now.audioBy !== undefined) return undefined;
  const before = room?.people.get(now.id);
  if (now.state === 'lobby') return before ? undefined : `${now.name} waits to be let in.`;
  if (!before || before.state === 'lobby')
    return `${now.name} joined${now.muted ? ', muted' : ''}.`;
  if (before.name !== now.name) return `${before.name} is now called ${now.name}.`;
  if (before.muted !== now.muted) return `${now.name} is ${now.muted ? 'muted' : 'unmuted'}.`;
  return request(before, now);
}

function request(before: Participant, now: Participant): string | undefined {
  if (now.hand !== before.hand)
    return `${now.name} ${now.hand ? 'raised a hand' : 'lowered the hand'}.`;
  if (now.wantsHelp && !before.wantsHelp) return `${now.name} asks for help.`;
  if (before.held !== now.held) return `${now.name} is ${now.held ? 'on hold' : 'back'}.`;
  return undefined;
}

function callChange(room: Room | undefined, now: OutboundCall): string | undefined {
  const before = room?.calls.get(now.id);
  if (before?.state === now.state) return undefined;
  if (now.state === 'ringing') return `${now.name} is being called.`;
  if (now.state !== 'ended' || now.end === undefined) return undefined;
  return `${now.name} ${CALL_ENDED[now.end]}.`;
}

const CALL_ENDED: Record<CallEnd, string> = {
  busy: 'is busy',
  declined: 'declined the call',
  'no-answer': 'did not answer',
  'not-accepted': 'answered, but did not join',
  unreachable: 'cannot be reached',
  failed: 'could not be called',
  cancelled: 'is no longer called',
  left: 'left',
};

function roomChange(
  now: RoomEvent & { kind: 'room-updated' },
  before?: { readonly locked: boolean; readonly recording: boolean },
): string | undefined {
  if (!before) return undefined;
  if (before.locked !== now.locked)
    return now.locked ? 'The room is locked.' : 'The room is open again.';
  if (before.recording === now.recording) return undefined;
  return now.recording ? 'Recording started.' : 'Recording stopped.';
}
