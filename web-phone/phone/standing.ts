import type { TicketView } from '../../protocol/http/views.ts';
import type { Waiting } from '../../protocol/room/feed.ts';
import type { Participant, Role, Room } from '../../protocol/room/room.ts';
import { lobbyQueue, rowsOf } from '../../protocol/room/rows.ts';
import { ownLeg, ownRow } from '../feed/people.ts';

/** Where a person is once their call is answered, as far as the facts tell. */
export type Standing =
  /** Answered, and not seen in the room yet. */
  | { readonly kind: 'connecting' }
  /** Before the meeting: with music, until a moderator opens it or its time comes. */
  | { readonly kind: 'waiting'; readonly why: 'not-started' | 'no-moderator' }
  | { readonly kind: 'lobby'; readonly place: number; readonly sinceMs: number }
  | { readonly kind: 'inside'; readonly row: Participant; readonly carried: boolean };

/** Whose standing it is. */
export interface Self {
  readonly personId: string;
  readonly role: Role;
}

/** What the server says beside the rows, and when it is. */
export interface Moment {
  readonly nowMs: number;
  /** For those who do not see the others. */
  readonly waiting: Waiting | undefined;
  /** We are on the way from one of the meeting's rooms to another. */
  readonly moving?: boolean;
}

/** Nobody is told of those who wait before a meeting: that we do follows from its rules. */
export function standingOf(
  room: Room | undefined,
  { personId, role }: Self,
  meeting: TicketView['meeting'],
  moment: Moment,
): Standing {
  const leg = ownLeg(room, personId);
  const row = ownRow(room, personId);
  if (room && leg && row) {
    if (row.state === 'joined') return { kind: 'inside', row, carried: row.id !== leg.id };
    const place =
      moment.waiting?.place ?? lobbyQueue(room).findIndex(({ id }) => id === row.id) + 1;
    return { kind: 'lobby', place, sinceMs: row.joinedAtMs };
  }
  const why = role === 'moderator' || moment.moving ? undefined : heldBack(room, meeting, moment);
  return why === undefined ? { kind: 'connecting' } : { kind: 'waiting', why };
}

/** A moderator inside opens the meeting. */
function heldBack(
  room: Room | undefined,
  { startsAt, waitForModerator }: TicketView['meeting'],
  { nowMs, waiting }: Moment,
): 'not-started' | 'no-moderator' | undefined {
  if (waiting?.moderatorInside ?? isModerated(room)) return undefined;
  if (startsAt !== undefined && Date.parse(startsAt) > nowMs) return 'not-started';
  return waitForModerator ? 'no-moderator' : undefined;
}

function isModerated(room: Room | undefined): boolean {
  const rows = room ? rowsOf(room) : [];
  return rows.some(({ role, state }) => role === 'moderator' && state === 'joined');
}
