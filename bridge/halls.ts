import type { RoomEvent } from '../protocol/room/event.ts';
import type { OutboundCall } from '../protocol/room/outbound-call.ts';
import type { Participant, ParticipantId, RoomId } from '../protocol/room/room.ts';

/** What a meeting has besides its conference: who waits before its door, and whom it calls. */
export interface Hall {
  readonly lobby: ReadonlyMap<ParticipantId, Participant>;
  readonly calls: ReadonlyMap<ParticipantId, OutboundCall>;
}

export type Halls = ReadonlyMap<RoomId, Hall>;

const EMPTY: Hall = { lobby: new Map(), calls: new Map() };

export function hallOf(halls: Halls, room: RoomId): Hall {
  return halls.get(room) ?? EMPTY;
}

export function withWaiting(halls: Halls, room: RoomId, row: Participant): Halls {
  const hall = hallOf(halls, room);
  return withHall(halls, room, { ...hall, lobby: new Map(hall.lobby).set(row.id, row) });
}

export function withoutWaiting(halls: Halls, room: RoomId, leg: ParticipantId): Halls {
  const hall = hallOf(halls, room);
  return withHall(halls, room, { ...hall, lobby: without(hall.lobby, leg) });
}

export function withCall(halls: Halls, room: RoomId, call: OutboundCall): Halls {
  const hall = hallOf(halls, room);
  return withHall(halls, room, { ...hall, calls: new Map(hall.calls).set(call.id, call) });
}

export function withoutCall(halls: Halls, room: RoomId, id: ParticipantId): Halls {
  const hall = hallOf(halls, room);
  return withHall(halls, room, { ...hall, calls: without(hall.calls, id) });
}

/** The room before whose door a leg is shown. */
export function hallWith(halls: Halls, leg: ParticipantId): RoomId | undefined {
  return [...halls].find(([, hall]) => hall.lobby.has(leg))?.[0];
}

/**
 * A room is there for others as long as anything of it is: its conference may come and go while
 * somebody waits or is called. `open` are the rooms that others were told of.
 */
export function toldOutside(
  facts: readonly RoomEvent[],
  open: ReadonlySet<RoomId>,
  halls: Halls,
): { readonly facts: readonly RoomEvent[]; readonly open: ReadonlySet<RoomId> } {
  const now = new Set(open);
  const told = facts.flatMap((fact): readonly RoomEvent[] => {
    if (fact.kind === 'room-opened') {
      if (now.has(fact.room)) return [];
      now.add(fact.room);
    }
    if (fact.kind !== 'room-closed') return [fact];
    if (halls.has(fact.room))
      return [{ kind: 'room-updated', room: fact.room, locked: false, recording: false }];
    now.delete(fact.room);
    return [fact];
  });
  return { facts: told, open: now };
}

function withHall(halls: Halls, room: RoomId, hall: Hall): Halls {
  const next = new Map(halls);
  if (hall.lobby.size + hall.calls.size === 0) next.delete(room);
  else next.set(room, hall);
  return next;
}

function without<V>(map: ReadonlyMap<ParticipantId, V>, key: ParticipantId) {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
