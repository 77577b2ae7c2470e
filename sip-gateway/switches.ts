import { createHash } from 'node:crypto';

/** A FreeSWITCH node's SIP address. */
export interface SwitchAddress {
  readonly host: string;
  readonly port: number;
}

/** Whether a switch answers, as far as its pings tell. It counts as up until they say otherwise. */
export interface SwitchHealth {
  readonly misses: number;
  readonly up: boolean;
}

export const NEW_SWITCH: SwitchHealth = { misses: 0, up: true };

const MISSES_TO_DOWN = 3;

/** After one ping: three missed in a row take a switch down, one answer brings it back. */
export function afterPing(health: SwitchHealth, answered: boolean): SwitchHealth {
  if (answered) return NEW_SWITCH;
  const misses = Math.min(health.misses + 1, MISSES_TO_DOWN);
  return { misses, up: misses < MISSES_TO_DOWN && health.up };
}

export function switchUri(user: string, { host, port }: SwitchAddress): string {
  return `sip:${user}@${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * The node for a room, among those that are up: the one whose hash with the room is highest, so
 * that all legs of a room meet on one node and a node that goes moves only its own rooms.
 */
export function switchFor<S extends SwitchAddress>(room: string, up: readonly S[]): S | undefined {
  const weigh = ({ host, port }: S) =>
    createHash('sha256').update(`${room} ${host} ${port}`).digest('hex');
  return up.toSorted((one, other) => (weigh(one) > weigh(other) ? -1 : 1))[0];
}
