import type { Admission } from '../../protocol/call/admission.ts';
import type { Role } from '../../protocol/room/room.ts';
import { stateOf } from './meeting-state.ts';
import type { Meeting } from './meeting.ts';

export interface AtTheDoor {
  readonly role: Role;
  /** People in the room already, without the lobby. */
  readonly people: number;
  /** Whether a moderator locked the room. */
  readonly locked: boolean;
  readonly banned: boolean;
  readonly moderatorInside: boolean;
  /** A moderator let this leg in from the lobby, or the meeting called it. */
  readonly admitted: boolean;
  readonly nowMs: number;
}

/**
 * Whether a leg may enter. A lock and a full room hold for everybody: the switch makes no exceptions.
 * Who waits or is in the lobby is told so before the room is counted: they take no place yet.
 */
export function admission(meeting: Meeting | undefined, door: AtTheDoor): Admission {
  if (!meeting) return { kind: 'refuse', why: 'unknown' };
  if (isOver(meeting, door)) return { kind: 'refuse', why: 'ended' };
  if (door.banned) return { kind: 'refuse', why: 'banned' };
  if (door.locked) return { kind: 'refuse', why: 'locked' };
  const { id: room, maxParticipants } = meeting;
  const { role } = door;
  const held = heldBack(meeting, door);
  if (held === 'lobby') return { kind: 'lobby', room, role };
  if (held !== undefined) return { kind: 'wait', room, role, why: held };
  if (maxParticipants !== undefined && door.people >= maxParticipants)
    return { kind: 'refuse', why: 'full' };
  return {
    kind: 'join',
    room,
    role,
    muted: meeting.muteOnEntry && role === 'participant',
    ...(maxParticipants !== undefined && { maxParticipants }),
  };
}

/** A series is over after its last time, but not while people still talk. */
function isOver(meeting: Meeting, { people, nowMs }: AtTheDoor): boolean {
  return meeting.endedAtMs !== undefined || (people === 0 && stateOf(meeting, nowMs) === 'ended');
}

/** What somebody waits for. A moderator inside opens the meeting, but not the lobby. */
function heldBack(
  meeting: Meeting,
  { role, admitted, moderatorInside, people, nowMs }: AtTheDoor,
): 'not-started' | 'no-moderator' | 'lobby' | undefined {
  if (role === 'moderator' || admitted) return undefined;
  const begun = moderatorInside || (people > 0 && meeting.recurrence !== undefined);
  if (!begun && stateOf(meeting, nowMs) === 'planned') return 'not-started';
  if (!moderatorInside && meeting.waitForModerator) return 'no-moderator';
  return meeting.lobby ? 'lobby' : undefined;
}
