import { apply } from '../../protocol/room/apply.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import { fromSnapshots } from '../../protocol/room/snapshot.ts';
import type { ParticipantId, Room, RoomId, Rooms } from '../../protocol/room/room.ts';
import type { Driven, DrivenNode } from './message.ts';
import { factsOf, missingFrom, together } from './rooms-compared.ts';

/** One node as all its drivers told of it. */
export interface NodeRooms {
  /** Of the driver who told last. */
  readonly token: number;
  readonly found: boolean;
  /** As this driver told. */
  readonly rooms: Rooms;
  /** As those before told: shown until this driver has listed all rooms. */
  readonly before: Rooms;
}

/** The rooms of all nodes, and all of them together. */
export interface Merged {
  readonly nodes: ReadonlyMap<string, NodeRooms>;
  readonly rooms: Rooms;
}

export interface MergeStep {
  readonly merged: Merged;
  /** What is new for those who look at all rooms, in order. */
  readonly facts: readonly RoomEvent[];
}

export const NOTHING: Merged = { nodes: new Map(), rooms: new Map() };
const EMPTY: NodeRooms = { token: 0, found: false, rooms: new Map(), before: new Map() };

/** A fact of a node. One by an earlier driver came late and says nothing. */
export function withFact(
  merged: Merged,
  { node, token, event }: Driven & { readonly event: RoomEvent },
): MergeStep {
  const current = driverOf(merged, { node, token });
  if (current === undefined) return { merged, facts: [] };
  const rooms = apply(current.rooms, event);
  // What left the rooms left them also as others showed them.
  const before = isEnd(event) ? apply(current.before, event) : current.before;
  const next = withNode(merged, node, { ...current, rooms, before });
  return told(next, seenFrom(next, node, event));
}

/** The driver has told all its rooms: what those before told of, and this one did not, is over. */
export function withFound(merged: Merged, { node, token }: Driven): MergeStep {
  const current = driverOf(merged, { node, token });
  if (current === undefined) return { merged, facts: [] };
  const over = missingFrom(current.before, current.rooms);
  const next = withNode(merged, node, { ...current, found: true, before: new Map() });
  return told(
    next,
    over.flatMap((event) => seenFrom(next, node, event)),
  );
}

/** All that a driver has, after something was missed. */
export function withSnapshot(merged: Merged, { node, token, found, rooms }: DrivenNode): MergeStep {
  const current = driverOf(merged, { node, token });
  if (current === undefined) return { merged, facts: [] };
  const now = fromSnapshots(rooms);
  const before = together(current.before, current.rooms);
  const next = withNode(merged, node, { ...current, rooms: now, before, found: current.found });
  const all = [...now.values()].flatMap(factsOf);
  const first = told(
    next,
    all.flatMap((event) => seenFrom(next, node, event)),
  );
  if (!found) return first;
  const then = withFound(first.merged, { node, token });
  return { merged: then.merged, facts: [...first.facts, ...then.facts] };
}

/** The node is dead: nobody is in its rooms any more. */
export function withoutNode(merged: Merged, node: string): MergeStep {
  const current = merged.nodes.get(node);
  if (current === undefined) return { merged, facts: [] };
  const over = missingFrom(together(current.before, current.rooms), new Map(), 'connection-lost');
  const nothing = { rooms: new Map(), before: new Map(), found: true };
  const next = withNode(merged, node, { ...current, ...nothing });
  return told(
    next,
    over.flatMap((event) => seenFrom(next, node, event)),
  );
}

/**
 * The nodes on which a room is now: first those where its driver sees it, then those that people are
 * on the way from, then those where only an earlier driver saw it.
 */
export function nodesOf({ nodes }: Merged, room: RoomId): readonly string[] {
  const where = (is: (node: NodeRooms) => boolean) =>
    [...nodes].filter(([, node]) => is(node)).map(([name]) => name);
  const seen = where(({ rooms }) => rooms.has(room) && !isLeft(rooms.get(room)));
  const left = where(({ rooms }) => isLeft(rooms.get(room)));
  const shown = where(({ rooms, before }) => !rooms.has(room) && before.has(room));
  return [...seen, ...left, ...shown];
}

/** The room where somebody is who was on the way to another node. */
export function arrivedAt({ nodes }: Merged, leg: ParticipantId): RoomId | undefined {
  const rooms = [...nodes.values()].flatMap((node) => [...node.rooms.values()]);
  return rooms.find((room) => isThere(room, leg))?.id;
}

/** Everybody is on the way to another node. */
function isLeft(room: Room | undefined): boolean {
  const people = [...(room?.people.values() ?? [])];
  return people.length > 0 && people.every(({ moving }) => moving === true);
}

function isThere({ people }: Room, leg: ParticipantId): boolean {
  const person = people.get(leg);
  return person !== undefined && person.moving !== true;
}

/** The node as this driver has it, who may be a new one; undefined for one of earlier. */
function driverOf({ nodes }: Merged, { node, token }: Driven): NodeRooms | undefined {
  const current = nodes.get(node) ?? EMPTY;
  if (token < current.token) return undefined;
  if (token === current.token) return current;
  const before = together(current.before, current.rooms);
  return { token, found: false, rooms: new Map(), before };
}

function withNode(merged: Merged, name: string, node: NodeRooms): Merged {
  return { ...merged, nodes: new Map(merged.nodes).set(name, node) };
}

/**
 * What another node knows better is nothing new for all: the end of something that it still shows, the
 * beginning of a room that goes on from there, somebody on the way who has arrived.
 */
function seenFrom({ nodes }: Merged, node: string, event: RoomEvent): readonly RoomEvent[] {
  const others = [...nodes].filter(([name]) => name !== node).map(([, each]) => each);
  const elsewhere = others.flatMap(({ rooms, before }) =>
    [rooms.get(event.room), before.get(event.room)].filter((room) => room !== undefined),
  );
  return elsewhere.some((room) => keeps(room, event)) ? [] : [event];
}

function keeps(room: Room, event: RoomEvent): boolean {
  if (event.kind === 'room-closed' || event.kind === 'room-opened') return true;
  if (event.kind === 'participant-updated')
    return event.participant.moving === true && isThere(room, event.participant.id);
  if (event.kind === 'participant-left') return room.people.has(event.id);
  return event.kind === 'call-forgotten' && room.calls.has(event.id);
}

function isEnd({ kind }: RoomEvent): boolean {
  return kind === 'participant-left' || kind === 'call-forgotten' || kind === 'room-closed';
}

/** Leaves out what changes nothing. */
function told(merged: Merged, facts: readonly RoomEvent[]): MergeStep {
  let { rooms } = merged;
  const news = facts.filter((fact) => {
    const before = rooms;
    rooms = apply(rooms, fact);
    return rooms !== before;
  });
  return { merged: { ...merged, rooms }, facts: news };
}
