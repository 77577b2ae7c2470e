import type { RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { EslEvent } from './esl.ts';

/** By what right we drive a node that other processes could drive as well. */
export interface Driver {
  /** Grows by every taking of the node. */
  readonly token: number;
  /** Asked before each command: whether nobody else can have taken the node meanwhile. */
  readonly mayCommand: () => boolean;
}

/** What is known of one node, `host:port`. */
export type NodeNews =
  | { readonly kind: 'fact'; readonly node: string; readonly event: RoomEvent }
  /** Its rooms were compared with all that FreeSWITCH lists. */
  | { readonly kind: 'found'; readonly node: string }
  /** Somebody whose leg is at another node, or on the way, is at this one by another leg. */
  | { readonly kind: 'replaced'; readonly node: string; readonly leg: ParticipantId }
  /** Somebody who took the node after us has joined it. */
  | { readonly kind: 'outdriven'; readonly node: string };

/** The subclass of the events by which those who drive one FreeSWITCH learn of each other. */
export const DRIVER = 'partyline::driver';
const TOKEN = 'Partyline-Token';

/** Tells all that are connected to this FreeSWITCH who drives it (mod_event_socket.c, `sendevent`). */
export function driverMessage(token: number): string {
  if (!Number.isSafeInteger(token) || token < 0) throw new Error('a token is a whole number');
  return `sendevent CUSTOM\nEvent-Subclass: ${DRIVER}\n${TOKEN}: ${token}`;
}

/** The token that somebody told; undefined where the event says something else. */
export function driverOf({ name, headers }: EslEvent): number | undefined {
  if (name !== 'CUSTOM' || headers.get('Event-Subclass') !== DRIVER) return undefined;
  const text = headers.get(TOKEN) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
