import type { DialIn, MeetingView, OccurrenceView } from '../protocol/http/views.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import type { Addresses, Basics } from './basics.ts';
import type { Meeting } from './rules/meeting.ts';
import { given } from './rules/given.ts';
import { stateOf } from './rules/meeting-state.ts';
import { rulesOf } from './rules/meeting.ts';
import { leftOut, upcoming } from './rules/schedule.ts';
import type { Occurrence } from './rules/schedule.ts';
import { signToken } from './rules/tickets.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { Trunks } from './trunks.ts';

/** More are in `/occurrences`. */
const MOST_LEFT_OUT = 20;
/** So many are remembered, then signed anew; each is some 100 bytes. */
const MOST_TICKETS = 10_000;

/** Shows meetings to those who run them: codes and links in the clear. */
export class MeetingViews {
  readonly #basics: Basics;
  readonly #addresses: Addresses;
  readonly #trunks: Trunks;
  /** Tickets for anybody, by meeting and role: lists show them again and again. */
  readonly #tickets = new Map<string, string>();

  constructor(basics: Basics, addresses: Addresses, trunks: Trunks) {
    this.#basics = basics;
    this.#addresses = addresses;
    this.#trunks = trunks;
  }

  /** The meeting with so many people in its room now. */
  show(meeting: Meeting, participants: number): MeetingView {
    const { extension, maxParticipants, endedAtMs } = meeting;
    return {
      id: meeting.id,
      name: meeting.name,
      state: stateOf(meeting, this.#basics.now()),
      ...rulesOf(meeting),
      ...(extension !== undefined && { extension }),
      ...(maxParticipants !== undefined && { maxParticipants }),
      ...timesOf(meeting, this.#basics.now()),
      createdAt: new Date(meeting.createdAtMs).toISOString(),
      ...(endedAtMs !== undefined && { endedAt: new Date(endedAtMs).toISOString() }),
      codes: meeting.codes,
      joinUrl: this.#link(meeting, 'participant'),
      moderatorUrl: this.#link(meeting, 'moderator'),
      dialIn: dialIn(this.#addresses, this.#trunks.known),
      ...given('owner', meeting.owner),
      ...given('members', meeting.members),
      participants,
    };
  }

  /** A link for anybody, good as long as the meeting is open. */
  #link(meeting: Meeting, role: Role): string {
    return joinUrl(this.#addresses, this.#ticket(meeting.id, role));
  }

  #ticket(room: RoomId, role: Role): string {
    const place = `${room} ${role}`;
    const known = this.#tickets.get(place);
    if (known !== undefined) return known;
    if (this.#tickets.size >= MOST_TICKETS) this.#tickets.clear();
    const ticket = signToken({ kind: 'ticket', room, role }, this.#basics.keys.tokens);
    this.#tickets.set(place, ticket);
    return ticket;
  }
}

function timesOf(meeting: Meeting, nowMs: number) {
  const { startsAtMs, durationMinutes, timeZone, recurrence } = meeting;
  if (startsAtMs === undefined) return {};
  const next = upcoming(meeting, nowMs);
  const out = leftOut(meeting, nowMs).slice(0, MOST_LEFT_OUT).map(iso);
  return {
    startsAt: iso(startsAtMs),
    ...given('durationMinutes', durationMinutes),
    ...given('timeZone', timeZone),
    ...given('recurrence', recurrence),
    ...(next !== undefined && meeting.endedAtMs === undefined && { next: occurrenceView(next) }),
    ...(out.length > 0 && meeting.endedAtMs === undefined && { leftOut: out }),
  };
}

export function occurrenceView({
  atMs,
  startsAtMs,
  endsAtMs,
  skipped,
  moved,
}: Occurrence): OccurrenceView {
  return {
    at: iso(atMs),
    startsAt: iso(startsAtMs),
    endsAt: iso(endsAtMs),
    ...given('skipped', skipped),
    ...given('moved', moved),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function joinUrl(addresses: Addresses, ticket: string): string {
  return `${addresses.publicUrl()}/join/${ticket}`;
}

/** The house's own access numbers, then those of the telephone network. */
export function dialIn(
  { dialIn: numbers, sipHost }: Addresses,
  trunks: readonly Trunk[],
): readonly DialIn[] {
  const own = numbers.map((way) => ({ ...way, uri: `sip:${way.number}@${sipHost}` }));
  const network = trunks.flatMap((trunk) =>
    trunk.numbers.map((way) => ({ ...way, uri: `tel:${way.number}` })),
  );
  return [...own, ...network];
}
