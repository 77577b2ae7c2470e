import type { ParticipantId, Room } from '../../protocol/room/room.ts';
import { lobbyQueue, rowsOf } from '../../protocol/room/rows.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/** What a moderator's key is to bring about in the room. */
export type Awaited =
  | { readonly kind: 'all-muted' | 'all-unmuted' }
  | { readonly kind: 'locked'; readonly on: boolean }
  | { readonly kind: 'admitted'; readonly id: ParticipantId };

/** A confirmation that comes later than this would confuse. */
export const CONFIRM_MS = 2000;

/** The confirmation, once the room is as the key was to make it; `undefined` until then. */
export function confirmation(awaited: Awaited, room: Room): Saying | undefined {
  switch (awaited.kind) {
    case 'all-muted':
      return participants(room).every(({ muted }) => muted) ? { kind: 'all-muted' } : undefined;
    case 'all-unmuted':
      return participants(room).some(({ muted, mutedBy }) => muted && mutedBy === 'moderator')
        ? undefined
        : { kind: 'all-unmuted' };
    case 'locked':
      if (room.locked !== awaited.on) return undefined;
      return { kind: awaited.on ? 'locked' : 'unlocked' };
    case 'admitted': {
      const waiting = lobbyQueue(room);
      if (waiting.some(({ id }) => id === awaited.id)) return undefined;
      return { kind: 'admitted-next', left: waiting.length };
    }
    default:
      return unreachable(awaited);
  }
}

function participants(room: Room) {
  return rowsOf(room).filter(({ role, state }) => role === 'participant' && state === 'joined');
}
