import type { LeaveReason, RoomEvent } from '../../protocol/room/event.ts';
import type { CallEnd, OutboundCall } from '../../protocol/room/outbound-call.ts';
import type { Participant, Rooms } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/**
 * What a screen reader says about a fact, or nothing where the fact is not worth interrupting for
 * (talking comes and goes by the second).
 */
export function announce(event: RoomEvent, before: Rooms): string | undefined {
  const room = before.get(event.room);
  switch (event.kind) {
    case 'participant-updated':
      return change(room?.people.get(event.participant.id), event.participant);
    case 'participant-left': {
      const name = room?.people.get(event.id)?.name;
      return name === undefined ? undefined : `${name} ${LEFT[event.reason]}.`;
    }
    case 'room-updated':
      return roomChange(event, room);
    case 'room-opened':
      return undefined;
    case 'room-closed':
      return 'The room is empty now.';
    case 'call-updated':
      return callChange(room?.calls.get(event.call.id), event.call);
    case 'call-forgotten':
      return undefined;
    default:
      return unreachable(event);
  }
}

const LEFT: Record<LeaveReason, string> = {
  'hung-up': 'left',
  removed: 'was removed',
  refused: 'was not let in',
  'meeting-ended': 'left: the meeting ended',
  'connection-lost': 'lost the connection',
};

function change(before: Participant | undefined, now: Participant): string | undefined {
  if (!before) return `${now.name} joined${now.muted ? ', muted' : ''}.`;
  if (before.muted !== now.muted) return `${now.name} is ${now.muted ? 'muted' : 'unmuted'}.`;
  if (now.hand && !before.hand) return `${now.name} raised a hand.`;
  if (before.held !== now.held) return `${now.name} is ${now.held ? 'on hold' : 'back'}.`;
  return undefined;
}

function callChange(before: OutboundCall | undefined, now: OutboundCall): string | undefined {
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
