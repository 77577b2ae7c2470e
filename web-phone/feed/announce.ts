import type { RoomEvent } from '../../protocol/room/event.ts';
import type { OutboundCall } from '../../protocol/room/outbound-call.ts';
import type { Participant, ParticipantId, Room, Rooms } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Tables } from '../words/words.ts';

type Words = Tables['shared']['happenings'];

/**
 * What a screen reader says about a fact, or nothing where the fact is not worth interrupting for
 * (talking comes and goes by the second).
 */
export function announce(event: RoomEvent, before: Rooms, say: Words): string | undefined {
  const room = before.get(event.room);
  switch (event.kind) {
    case 'participant-updated':
      return change(room, event.participant, say);
    case 'participant-left':
      return leaving(room, event, say);
    case 'room-updated':
      return roomChange(event, room, say);
    case 'room-opened':
      return undefined;
    case 'room-ends':
      return endChange(event, room, say);
    case 'room-closed':
      return say.empty;
    case 'call-updated':
      return callChange(room, event.call, say);
    case 'call-forgotten':
      return undefined;
    default:
      return unreachable(event);
  }
}

/** How much somebody wants to be told, and which leg is their own. */
export interface Listener {
  readonly told: 'all' | 'mine' | 'none';
  readonly own: ParticipantId | undefined;
}

/** Whether a fact is said to them. What is about the whole room always is: it may be recorded, or end. */
export function isToldTo({ told, own }: Listener, event: RoomEvent, before: Rooms): boolean {
  if (told === 'all') return true;
  switch (event.kind) {
    case 'participant-updated':
      return told === 'mine' && concerns(event, before, own);
    case 'participant-left':
      return told === 'mine' && event.id === own;
    case 'call-updated':
      // Of calls to people only one's own names a person.
      return told === 'mine' && event.call.personId !== undefined;
    default:
      return true;
  }
}

function concerns(
  { room, participant }: RoomEvent & { kind: 'participant-updated' },
  before: Rooms,
  own: ParticipantId | undefined,
): boolean {
  if (participant.id === own) return true;
  const earlier = before.get(room)?.people.get(participant.id);
  return (
    participant.hand !== (earlier?.hand ?? false) || participant.wantsHelp !== earlier?.wantsHelp
  );
}

/** Once: a second word about the same end is not news. */
function endChange(
  { end }: RoomEvent & { kind: 'room-ends' },
  room: Room | undefined,
  say: Words,
): string | undefined {
  const before = room?.end;
  if (end === undefined) return before && say.goesOn;
  return before?.why === end.why ? undefined : say.endsSoon[end.why];
}

/** Somebody over whose phone another leg speaks has not left, nor has who is there on a new leg. */
function leaving(
  room: Room | undefined,
  { id, reason }: RoomEvent & { kind: 'participant-left' },
  say: Words,
): string | undefined {
  const person = room?.people.get(id);
  if (reason === 'replaced') return undefined;
  return person && person.audioBy === undefined ? say.left[reason](person.name) : undefined;
}

function change(room: Room | undefined, now: Participant, say: Words): string | undefined {
  // Not somebody new: this leg's person speaks over another.
  if (now.audioBy !== undefined) return undefined;
  const before = room?.people.get(now.id);
  if (now.state === 'lobby') return before ? undefined : say.waits(now.name);
  if (!before || before.state === 'lobby')
    return now.muted ? say.joinedMuted(now.name) : say.joined(now.name);
  if (before.name !== now.name) return say.renamed(before.name, now.name);
  if (before.muted !== now.muted) return now.muted ? say.muted(now.name) : say.unmuted(now.name);
  return request(before, now, say);
}

function request(before: Participant, now: Participant, say: Words): string | undefined {
  if (now.hand !== before.hand) return now.hand ? say.handUp(now.name) : say.handDown(now.name);
  if (now.wantsHelp && !before.wantsHelp) return say.asksForHelp(now.name);
  if (before.held !== now.held) return now.held ? say.onHold(now.name) : say.offHold(now.name);
  return undefined;
}

function callChange(room: Room | undefined, now: OutboundCall, say: Words): string | undefined {
  const before = room?.calls.get(now.id);
  if (before?.state === now.state) return undefined;
  if (now.state === 'ringing') return say.called(now.name);
  if (now.state !== 'ended' || now.end === undefined) return undefined;
  return say.callEnded[now.end](now.name);
}

function roomChange(
  now: RoomEvent & { kind: 'room-updated' },
  before: { readonly locked: boolean; readonly recording: boolean } | undefined,
  say: Words,
): string | undefined {
  if (!before) return undefined;
  if (before.locked !== now.locked) return now.locked ? say.locked : say.unlocked;
  if (before.recording === now.recording) return undefined;
  return now.recording ? say.recordingOn : say.recordingOff;
}
