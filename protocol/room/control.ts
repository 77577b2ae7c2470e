import type { Outcome, RoomCommand } from './command.ts';
import type { RoomEvent } from './event.ts';
import type { Rooms } from './room.ts';

/** How one FreeSWITCH node stands, for readiness and the console. */
export interface EngineStatus {
  /** `host:port` of the node's event socket. */
  readonly node: string;
  readonly state: 'connecting' | 'joined' | 'refused';
  /** One English sentence when not joined: what is wrong and what to do. */
  readonly detail?: string;
  readonly version?: string;
}

/** The rooms as facts made them, and the door for wishes. The bridge is it; the API uses it. */
export interface RoomControl {
  rooms(): Rooms;
  engines(): readonly EngineStatus[];
  /** Every fact from now on, in order. Returns how to stop. */
  subscribe(listener: (event: RoomEvent) => void): () => void;
  execute(command: RoomCommand): Promise<Outcome>;
}
