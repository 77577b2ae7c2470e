import type { RoomRules } from '../../protocol/call/admission.ts';
import type { RoomCommand } from '../../protocol/room/command.ts';
import type { Participant, ParticipantId, Room } from '../../protocol/room/room.ts';
import { lobbyQueue, rowsOf } from '../../protocol/room/rows.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import type { Awaited } from './awaited.ts';

/** What a key does. */
export interface Decision {
  readonly command?: RoomCommand;
  /** Told at once; what a command brings about is told when the fact comes. */
  readonly saying?: Saying;
  /** Told where the bridge or FreeSWITCH refuses the command. */
  readonly refused?: Saying;
  /** The fact that shows that the command came true, where it is not about the caller's own row. */
  readonly awaited?: Awaited;
}

/** The caller's own row and what is round it. */
export interface Caller {
  readonly row: Participant;
  readonly room: Room;
  readonly rules: RoomRules;
  /** They were let in, and hear so before they come. */
  readonly coming: ReadonlySet<ParticipantId>;
}

type Key = (caller: Caller) => Decision;

const FOR_ALL: Readonly<Record<string, Key>> = {
  '0': askForHelp,
  '1': explain,
  '3': count,
  '5': raiseHand,
  '6': mute,
  '9': raiseHand,
};

const FOR_MODERATORS: Readonly<Record<string, Key>> = {
  '2': record,
  '4': muteAll,
  '7': lock,
  '8': admitNext,
};

/** What `*` and this key mean to a caller in the room. */
export function pressed(key: string, caller: Caller): Decision {
  const forAll = FOR_ALL[key];
  if (forAll !== undefined) return forAll(caller);
  const forModerators = FOR_MODERATORS[key];
  if (forModerators === undefined) return { saying: { kind: 'unknown-key' } };
  if (!isModerator(caller)) return { saying: { kind: 'moderators-only' } };
  return forModerators(caller);
}

/** Whether what a key does is about others, and only moderators do it. */
export function isForModerators(key: string): boolean {
  return key in FOR_MODERATORS;
}

/** What a muted caller is told who talks. */
export function reminderFor({ row, rules }: Pick<Caller, 'row' | 'rules'>): Saying {
  return { kind: mayUnmute(row, rules) ? 'talking-while-muted' : 'may-not-unmute' };
}

function explain(caller: Caller): Decision {
  return { saying: { kind: isModerator(caller) ? 'help-moderator' : 'help' } };
}

function count(caller: Caller): Decision {
  const rows = rowsOf(caller.room);
  const inside = rows.filter(({ state }) => state === 'joined').length;
  const waiting = isModerator(caller) ? rows.length - inside : 0;
  return { saying: { kind: 'people-here', count: inside, ...(waiting > 0 && { waiting }) } };
}

function mute({ row, room, rules }: Caller): Decision {
  if (row.muted && !mayUnmute(row, rules)) return { saying: { kind: 'may-not-unmute' } };
  return {
    command: { kind: 'set-muted', room: room.id, id: row.id, on: !row.muted, by: 'self' },
    refused: { kind: 'may-not-unmute' },
  };
}

function raiseHand({ row, room }: Caller): Decision {
  return { command: { kind: 'set-hand', room: room.id, id: row.id, on: !row.hand, by: 'self' } };
}

/** Asking twice is not taking it back. */
function askForHelp({ row, room }: Caller): Decision {
  if (row.wantsHelp) return { saying: { kind: 'help-asked' } };
  return { command: { kind: 'set-help', room: room.id, id: row.id, on: true } };
}

/** Where nobody is left to mute, the key opens again whom it muted. */
function muteAll({ row, room }: Caller): Decision {
  const others = rowsOf(room).filter(
    ({ role, state }) => state === 'joined' && role === 'participant',
  );
  const mutedByUs = others.some(({ mutedBy }) => mutedBy === 'moderator');
  if (mutedByUs && others.every(({ muted }) => muted))
    return { command: { kind: 'unmute-all', room: room.id }, awaited: { kind: 'all-unmuted' } };
  return {
    command: { kind: 'mute-all', room: room.id, except: 'moderators', but: row.id },
    awaited: { kind: 'all-muted' },
  };
}

function lock({ room }: Caller): Decision {
  const on = !room.locked;
  return {
    command: { kind: 'set-locked', room: room.id, on },
    awaited: { kind: 'locked', on },
  };
}

function admitNext({ room, coming }: Caller): Decision {
  const next = lobbyQueue(room).find(({ id }) => !coming.has(id));
  if (next === undefined) return { saying: { kind: 'lobby-empty' } };
  return {
    command: { kind: 'admit', room: room.id, id: next.id },
    awaited: { kind: 'admitted', id: next.id },
  };
}

/** The whole room hears that recording began or ended. */
function record({ room }: Caller): Decision {
  return {
    command: { kind: 'set-recording', room: room.id, on: !room.recording },
    refused: { kind: 'recording-unavailable' },
  };
}

function isModerator({ row }: Caller): boolean {
  return row.role === 'moderator';
}

/** Whom a moderator asks to unmute may do so, whatever the meeting's rule. */
function mayUnmute(row: Participant, rules: RoomRules): boolean {
  return rules.unmuteSelf || row.role === 'moderator' || row.askedToUnmute === true;
}
