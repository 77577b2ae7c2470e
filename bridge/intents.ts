import type { RoomCommand } from '../protocol/room/command.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { Room, RoomId } from '../protocol/room/room.ts';

/** Of a room's doings, what FreeSWITCH forgets when it dies. */
export interface RoomStanding {
  readonly locked: boolean;
  readonly recording: boolean;
}

interface Intent {
  readonly wanted: Partial<RoomStanding>;
  readonly atMs: number;
}

/** What a FreeSWITCH has taken and no fact has shown yet: it would have told, had it lived. */
export type Intents = ReadonlyMap<RoomId, Intent>;

export const NO_INTENTS: Intents = new Map();

/** A dead FreeSWITCH is given up long before; from one that lives an audit has brought the truth by then. */
const GOOD_MS = 60_000;

/** A command was taken; `room` as the facts have it. */
export function took(
  intents: Intents,
  command: RoomCommand,
  room: Room | undefined,
  nowMs: number,
): Intents {
  const wanted = wantedBy(command);
  if (wanted === undefined || room === undefined) return intents;
  const before = fresh(intents.get(command.room), nowMs)?.wanted;
  return kept(intents, room, { wanted: { ...before, ...wanted }, atMs: nowMs });
}

/** A fact: what it shows is intended no more. */
export function shown(intents: Intents, fact: RoomEvent): Intents {
  const intent = intents.get(fact.room);
  if (intent === undefined) return intents;
  if (fact.kind === 'room-closed') return without(intents, fact.room);
  if (fact.kind !== 'room-updated') return intents;
  return kept(intents, { id: fact.room, ...fact }, intent);
}

/** How a room is to stand where it is made anew. */
export function intended(intents: Intents, room: Room, nowMs: number): RoomStanding {
  const { locked, recording } = room;
  return { locked, recording, ...fresh(intents.get(room.id), nowMs)?.wanted };
}

function wantedBy(command: RoomCommand): Partial<RoomStanding> | undefined {
  if (command.kind === 'set-locked') return { locked: command.on };
  return command.kind === 'set-recording' ? { recording: command.on } : undefined;
}

function fresh(intent: Intent | undefined, nowMs: number): Intent | undefined {
  return intent && nowMs - intent.atMs < GOOD_MS ? intent : undefined;
}

/** Without what is so already. */
function kept(
  intents: Intents,
  room: RoomStanding & { readonly id: RoomId },
  { wanted, atMs }: Intent,
): Intents {
  const { locked, recording } = wanted;
  const rest = {
    ...(locked !== undefined && locked !== room.locked && { locked }),
    ...(recording !== undefined && recording !== room.recording && { recording }),
  };
  if (Object.keys(rest).length === 0) return without(intents, room.id);
  return new Map(intents).set(room.id, { wanted: rest, atMs });
}

function without(intents: Intents, room: RoomId): Intents {
  if (!intents.has(room)) return intents;
  const rest = new Map(intents);
  rest.delete(room);
  return rest;
}
