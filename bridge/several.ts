import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Keepsakes } from './keepsakes.ts';
import type { RoomState } from './members.ts';

/** What a bridge of several nodes is handed. */
export interface Several {
  readonly keepsakes: Keepsakes;
  /** `host:port` of the node that a room belongs to; undefined: none takes calls now. */
  readonly homeOf: (room: RoomId) => Promise<string | undefined>;
  /** Takes a wish for a room whoever drives its node. Absent: nobody else drives any. */
  readonly execute?: (command: RoomCommand) => Promise<Outcome>;
}

/** What one of several nodes must know of the others. */
export interface Elsewhere {
  readonly keepsakes: Keepsakes;
  /** To be told before all that is here is forgotten. */
  lost(): void;
  /** It says that it stops: to be told before it ends its calls. */
  stops(): void;
  /** Somebody whose leg was last seen there, or is on the way, is here by another one. */
  replaced(leg: ParticipantId): void;
  /** Whether a leg goes on at another node. */
  isMoving(leg: ParticipantId): boolean;
}

/** How much one node carries. */
export interface NodeLoad {
  /** `host:port` of its event socket. */
  readonly node: string;
  readonly rooms: number;
  readonly people: number;
  /** Per cent, as FreeSWITCH last said it. */
  readonly idleCpu?: number;
  readonly sessions?: number;
  readonly maxSessions?: number;
  /** When it started and when it last answered, in milliseconds since 1970 by our clock. */
  readonly upSinceMs?: number;
  readonly seenAtMs?: number;
}

/** How a node said that it is. */
export type NodeVitals = Omit<NodeLoad, 'node' | 'rooms' | 'people'>;

export function loadOf(
  { name: node, vitals }: { readonly name: string; readonly vitals: NodeVitals },
  rooms: ReadonlyMap<RoomId, RoomState>,
  waiting: number,
): NodeLoad {
  const people = [...rooms.values()].reduce((sum, { members }) => sum + members.size, waiting);
  return { node, rooms: rooms.size, people, ...vitals };
}
