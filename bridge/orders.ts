import type { RoomRules } from '../protocol/call/admission.ts';
import type { Actor } from '../protocol/room/command.ts';
import type { MutedBy, Participant } from '../protocol/room/room.ts';
import { ASKED_MS } from './standing.ts';
import type { Standing } from './standing.ts';

/** What comes of a wish to mute or unmute somebody. */
export type MuteOrder =
  | {
      readonly kind: 'set';
      readonly on: boolean;
      readonly mutedBy: MutedBy | undefined;
    }
  /** They are asked to unmute themselves. */
  | { readonly kind: 'ask' }
  | { readonly kind: 'refuse'; readonly detail: string };

export interface MuteWish {
  readonly on: boolean;
  readonly by: Actor;
}

/** A person's row, what is kept of them, and when it is. */
export interface Target {
  readonly row: Participant;
  readonly standing: Standing;
  readonly nowMs: number;
}

type UnmuteRules = Pick<RoomRules, 'unmuteSelf' | 'unmuteOthers'>;

/** The rules of muting, for phones and browsers alike. */
export function muteOrder({ on, by }: MuteWish, target: Target, rules: UnmuteRules): MuteOrder {
  if (on) return muting(by, target);
  if (by === 'program') return OPENED;
  return by === 'self' ? openingOneself(target, rules) : openingAnother(target, rules);
}

function muting(by: Actor, { row, standing }: Target): MuteOrder {
  // Whoever is muted already stays muted by whoever did it.
  if (isMuted(row, standing)) return { kind: 'set', on: true, mutedBy: standing.mutedBy };
  return { kind: 'set', on: true, mutedBy: by === 'self' ? 'self' : 'moderator' };
}

function openingOneself({ row, standing, nowMs }: Target, rules: UnmuteRules): MuteOrder {
  const { askedAtMs } = standing;
  const asked = askedAtMs !== undefined && nowMs - askedAtMs <= ASKED_MS;
  if (rules.unmuteSelf || row.role === 'moderator' || asked) return OPENED;
  return { kind: 'refuse', detail: 'Only a moderator can unmute people in this meeting.' };
}

function openingAnother({ row, standing }: Target, rules: UnmuteRules): MuteOrder {
  if (!isMuted(row, standing)) return OPENED;
  const closedByThemself = standing.mutedBy === 'self' || standing.mutedBy === 'entry';
  if (closedByThemself && rules.unmuteOthers === 'ask') return { kind: 'ask' };
  return OPENED;
}

const OPENED: MuteOrder = { kind: 'set', on: false, mutedBy: undefined };

/** Their own microphone, whatever silences the leg besides. */
function isMuted(row: Participant, { wish }: Standing): boolean {
  return wish?.muted ?? row.muted;
}

/** Whether muting all means this person: only who can be heard, so that the others keep their reason. */
export function isForMuteAll(
  { row, standing }: Pick<Target, 'row' | 'standing'>,
  all: { readonly except: 'moderators' | 'none'; readonly but?: Participant['id'] },
): boolean {
  if (row.id === all.but || isMuted(row, standing)) return false;
  return all.except === 'none' || row.role !== 'moderator';
}

/** Whether unmuting all means this person: whoever muted themself stays muted. */
export function isForUnmuteAll({ row, standing }: Pick<Target, 'row' | 'standing'>): boolean {
  if (!isMuted(row, standing)) return false;
  return standing.mutedBy === 'moderator' || standing.mutedBy === 'entry';
}
