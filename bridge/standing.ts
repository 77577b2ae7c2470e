import type { MutedBy, Participant, Role, RoomId } from '../protocol/room/room.ts';
import type { Wish } from './wishes.ts';

/** How long a request to unmute is shown. */
export const ASKED_MS = 60_000;

/**
 * What we ourselves keep of a leg, since FreeSWITCH does not know it. It is written on the leg as
 * well (memo.ts), so that a bridge that starts anew has it again.
 */
export interface Standing {
  /** What was wished of the leg itself; see `effective` for what is asked of FreeSWITCH. */
  readonly wish?: Wish;
  /** Who is behind `wish.muted`. */
  readonly mutedBy?: MutedBy;
  /** When a moderator asked them to unmute. */
  readonly askedAtMs?: number;
  readonly handAtMs?: number;
  readonly wantsHelp?: true;
  /** Whom they do not want to hear: persons, and legs of whom no person is known. */
  readonly unheard?: readonly string[];
  /** Typed by a moderator; stands over the name that the leg came with. */
  readonly name?: string;
  /** Given by a moderator; stands over the role that the leg came with. */
  readonly role?: Role;
  /** Their own phone holds the call. */
  readonly onHold?: true;
  /** Another leg of the same person speaks and hears for this one. */
  readonly carried?: true;
  /** The room before whose door it waits. */
  readonly lobby?: RoomId;
  readonly lobbySinceMs?: number;
  /** A moderator let it in. */
  readonly admitted?: true;
  /** Their recorded name: an absolute path. */
  readonly nameFile?: string;
  /** The recorded name of who invites them: an absolute path. */
  readonly invitedBy?: string;
  /** How long they may be in the meeting. */
  readonly maxMs?: number;
  /** When that is over; set when they join. */
  readonly endsAtMs?: number;
  /** When they came into the room first; kept where they may come in again at another node. */
  readonly insideSinceMs?: number;
  /** The dialogue's own note of how far it came. */
  readonly stage?: string;
}

/** Fields to set; `undefined` takes one away. */
export type StandingPatch = { readonly [K in keyof Standing]?: Standing[K] | undefined };

export const NEW_HERE: Standing = {};

export function patched(standing: Standing, patch: StandingPatch): Standing {
  const entries = Object.entries({ ...standing, ...patch }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries);
}

/** What FreeSWITCH is to be told: the leg's own wish, and silence where another leg speaks for it. */
export function effective({ wish, carried, onHold }: Standing): Wish | undefined {
  if (carried) return { ...wish, muted: true, deaf: true };
  return onHold ? { ...wish, muted: true } : wish;
}

/**
 * A wish that tells all that silencing the leg changes, so that ending the silence restores it.
 * `row` is how the leg stands before.
 */
export function withOwnWish(wish: Wish | undefined, row: Participant): Wish {
  return { ...wish, muted: wish?.muted ?? row.muted, deaf: wish?.deaf ?? row.deaf };
}

/** The part of a row that comes from a standing. `muted` is FreeSWITCH's word. */
export function shownOf(
  standing: Standing,
  { muted, before }: { readonly muted: boolean; readonly before: Participant | undefined },
): Pick<Participant, 'hand' | 'handAtMs' | 'wantsHelp' | 'mutedBy' | 'askedToUnmute' | 'onHold'> {
  const { handAtMs, wantsHelp, onHold, askedAtMs, carried } = standing;
  const mutedBy = muted && !carried ? mutedByOf(standing, before) : undefined;
  return {
    hand: handAtMs !== undefined,
    ...(handAtMs === undefined ? {} : { handAtMs }),
    ...(wantsHelp && { wantsHelp }),
    ...(mutedBy === undefined ? {} : { mutedBy }),
    ...(askedAtMs !== undefined && muted && { askedToUnmute: true }),
    ...(onHold && { onHold }),
  };
}

/** While an unmuting is under way the row stays as it was. */
function mutedByOf({ wish, mutedBy }: Standing, before: Participant | undefined) {
  return wish?.muted === false ? before?.mutedBy : mutedBy;
}

/**
 * What goes along when a person's sound moves from one of their legs to another: the name and role
 * they were given, a raised hand, whom they do not hear, and how they were muted.
 */
export function handedOver(from: Standing, to: Standing): StandingPatch {
  const { name, role, handAtMs, wantsHelp, unheard, wish, mutedBy } = from;
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    handAtMs,
    wantsHelp,
    ...(unheard === undefined ? {} : { unheard }),
    ...(wish?.muted === undefined
      ? {}
      : { wish: { ...to.wish, muted: wish.muted }, mutedBy: wish.muted ? mutedBy : undefined }),
  };
}
