import type { Participant } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';

/** What was asked for a leg, for as long as it lives. What nobody asked for is absent. */
export interface Wish {
  readonly muted?: boolean;
  readonly deaf?: boolean;
  readonly held?: boolean;
  readonly volumeIn?: number;
  readonly volumeOut?: number;
}

/** One thing to set right about a member. */
export type Fix =
  | { readonly kind: 'mute' | 'deaf' | 'hold'; readonly on: boolean }
  | { readonly kind: 'volume-in' | 'volume-out'; readonly level: number };

/** What to tell FreeSWITCH so that a member stands as wished; nothing where it does already. */
export function differences(wish: Wish | undefined, row: Participant): readonly Fix[] {
  if (wish === undefined) return [];
  return fixesOf(wish).filter((fix) => !holds(fix, row));
}

/** A wish as the fixes that would bring all of it about. */
export function fixesOf(wish: Wish): readonly Fix[] {
  const fixes: Fix[] = [];
  // A held member's mute cannot be read back, so it is set before the hold.
  if (wish.muted !== undefined) fixes.push({ kind: 'mute', on: wish.muted });
  if (wish.deaf !== undefined) fixes.push({ kind: 'deaf', on: wish.deaf });
  if (wish.held !== undefined) fixes.push({ kind: 'hold', on: wish.held });
  if (wish.volumeIn !== undefined) fixes.push({ kind: 'volume-in', level: wish.volumeIn });
  if (wish.volumeOut !== undefined) fixes.push({ kind: 'volume-out', level: wish.volumeOut });
  return fixes;
}

function holds(fix: Fix, row: Participant): boolean {
  switch (fix.kind) {
    case 'mute':
      return row.muted === fix.on;
    case 'deaf':
      return row.deaf === fix.on;
    case 'hold':
      return row.held === fix.on;
    case 'volume-in':
      return row.volume.in === fix.level;
    case 'volume-out':
      return row.volume.out === fix.level;
    default:
      return unreachable(fix);
  }
}
