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
const CONFIRM_MS = 2000;
/** Whoever is let in hears so first, and perhaps that they are muted and what to do about it. */
export const COMING_MS = 15_000;

/** How long after the key its confirmation may come. */
export function confirmWithin({ kind }: Awaited): number {
  return kind === 'admitted' ? COMING_MS : CONFIRM_MS;
}

/**
 * The confirmation, once the room is as the key was to make it; `undefined` until then. `coming`
 * were let in and are on their way.
 */
export function confirmation(
  awaited: Awaited,
  room: Room,
  coming: ReadonlySet<ParticipantId>,
): Saying | undefined {
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
      return { kind: 'admitted-next', left: waiting.filter(({ id }) => !coming.has(id)).length };
    }
    default:
      return unreachable(awaited);
  }
}

function participants(room: Room) {
  return rowsOf(room).filter(({ role, state }) => role === 'participant' && state === 'joined');
}
