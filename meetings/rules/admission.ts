import type { Admission } from '../../protocol/call/admission.ts';
import type { Role } from '../../protocol/room/room.ts';
import type { Meeting } from './meeting.ts';

export interface AtTheDoor {
  readonly role: Role;
  /** People in the room already. */
  readonly people: number;
  /** Whether a moderator locked the room. */
  readonly locked: boolean;
}

/** Whether a leg may enter. A lock and a full room hold for everybody: the switch makes no exceptions. */
export function admission(meeting: Meeting | undefined, door: AtTheDoor): Admission {
  if (!meeting) return { kind: 'refuse', why: 'unknown' };
  if (meeting.endedAtMs !== undefined) return { kind: 'refuse', why: 'ended' };
  if (door.locked) return { kind: 'refuse', why: 'locked' };
  const { maxParticipants } = meeting;
  if (maxParticipants !== undefined && door.people >= maxParticipants)
    return { kind: 'refuse', why: 'full' };
  return {
    kind: 'join',
    room: meeting.id,
    role: door.role,
    muted: meeting.muteOnEntry && door.role === 'participant',
    ...(maxParticipants !== undefined && { maxParticipants }),
  };
}
