import { createHash } from 'node:crypto';
import type { SoftphoneGrant, TicketView } from '../protocol/http/views.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import type { Addresses, Basics } from './basics.ts';
import type { Browsers } from './browsers.ts';
import type { Codes } from './codes.ts';
import { letters, newPersonId } from './rules/ids.ts';
import { stateOf } from './rules/meeting-state.ts';
import { completed } from './rules/meeting.ts';
import { upcoming } from './rules/schedule.ts';
import type { KeptMeeting, Meeting } from './rules/meeting.ts';
import { checkToken, signToken } from './rules/tickets.ts';
import type { FeedToken, Ticket } from './rules/tickets.ts';
import type { Trunks } from './trunks.ts';
import { dialIn, joinUrl } from './view.ts';

const PERSONAL_LIFE_MS = 30 * 24 * 3_600_000;
const FEED_LIFE_MS = 12 * 3_600_000;

export interface TicketWish {
  readonly name: string;
  readonly role: Role;
  readonly personId?: string | undefined;
}

/** A ticket for one person, by browser and by phone. */
export interface PersonalTicket {
  readonly joinUrl: string;
  readonly personId: string;
  readonly personalCode: string;
}

export type TicketResult =
  | { readonly ok: true; readonly ticket: Ticket; readonly meeting: Meeting }
  | { readonly ok: false; readonly reason: 'unknown' | 'expired' | 'ended' };

interface PersonalCode {
  readonly code: string;
  readonly name: string;
  readonly role: Role;
}

/** Somebody's earlier stay in a meeting. */
interface Before {
  readonly room: RoomId;
  readonly personId: string;
  readonly stay?: string;
  /** They did not leave: their call broke. */
  readonly back: boolean;
}

interface Desk {
  readonly addresses: Addresses;
  readonly codes: Codes;
  readonly browsers: Browsers;
  readonly trunks: Trunks;
  /** Whether the account of the person a ticket was made for is closed. */
  readonly isShutOut: (personId: string) => Promise<boolean>;
}

/** Makes tickets, and says what one opens. */
export class Tickets {
  readonly #basics: Basics;
  readonly #desk: Desk;

  constructor(basics: Basics, desk: Desk) {
    this.#basics = basics;
    this.#desk = desk;
  }

  /** A ticket for one person, good for 30 days. Asked twice for one `personId`, the code is the same. */
  async personal(meeting: Meeting, wish: TicketWish): Promise<PersonalTicket> {
    const { name, role, personId = newPersonId(this.#basics.random) } = wish;
    const ticket: Ticket = {
      kind: 'ticket',
      room: meeting.id,
      role,
      person: { id: personId, name },
      expiresAtMs: this.#basics.now() + PERSONAL_LIFE_MS,
    };
    const text = signToken(ticket, this.#basics.keys.tokens);
    return {
      joinUrl: joinUrl(this.#desk.addresses, text),
      personId,
      personalCode: await this.#personalCode(meeting.id, { name, role, personId }),
    };
  }

  /** A fresh link and the code of somebody a ticket was made for; `undefined`: none was. */
  async ofPerson(
    meeting: Meeting,
    personId: string,
  ): Promise<{ readonly link: string; readonly code: string } | undefined> {
    const place = personalKey(meeting.id, personId);
    const known = await this.#basics.store.get<PersonalCode>(place);
    if (known === undefined) return undefined;
    const { name, role, code } = known;
    return { link: (await this.personal(meeting, { name, role, personId })).joinUrl, code };
  }

  /** What the text of a ticket opens now. */
  async check(text: string): Promise<TicketResult> {
    const { keys, now, store, language } = this.#basics;
    const checked = checkToken('ticket', text, keys.tokens, now());
    if (checked.kind !== 'valid')
      return { ok: false, reason: checked.kind === 'expired' ? 'expired' : 'unknown' };
    const { person } = checked.token;
    if (person && (await this.#desk.isShutOut(person.id))) return { ok: false, reason: 'unknown' };
    const kept = await store.get<KeptMeeting>(`meeting:${checked.token.room}`);
    if (!kept) return { ok: false, reason: 'unknown' };
    if (kept.endedAtMs !== undefined) return { ok: false, reason: 'ended' };
    return { ok: true, ticket: checked.token, meeting: completed(kept, language) };
  }

  async view({ ticket, meeting }: { ticket: Ticket; meeting: Meeting }): Promise<TicketView> {
    return {
      meeting: this.#shown(meeting),
      role: ticket.role,
      ...(ticket.person && { name: ticket.person.name }),
      dialIn: dialIn(this.#desk.addresses, this.#desk.trunks.known),
      code: await this.#codeFor(ticket, meeting),
    };
  }

  /**
   * All that a softphone needs to call. A name in the ticket wins over the one given. Who proves to
   * have been here as `before` and comes back is that person again.
   */
  async softphone(ticket: Ticket, givenName: string, before?: Before): Promise<SoftphoneGrant> {
    const name = ticket.person?.name ?? givenName;
    const { room, role } = ticket;
    const known = before?.room === room ? before.personId : undefined;
    const personId = ticket.person?.id ?? known ?? newPersonId(this.#basics.random);
    const stay = stayOf(before, room, personId) ?? letters(16, this.#basics.random);
    const sip = await this.#desk.browsers.grant({ room, role, name, personId, stay });
    const expiresAtMs = this.#basics.now() + FEED_LIFE_MS;
    const feed: FeedToken = { kind: 'feed', room, role, personId, stay, expiresAtMs };
    return {
      sip,
      target: `sip:${room}@${this.#desk.addresses.sipHost}`,
      feedToken: signToken(feed, this.#basics.keys.tokens),
      personId,
      name,
      role,
    };
  }

  /** What people who come need to know of the rules. */
  #shown(meeting: Meeting): TicketView['meeting'] {
    const { id, name, muteOnEntry, lobby, waitForModerator, callMe, language } = meeting;
    const { unmuteSelf, unmuteOthers } = meeting;
    const isPlanned = stateOf(meeting, this.#basics.now()) === 'planned';
    const startsAtMs = upcoming(meeting, this.#basics.now())?.startsAtMs ?? meeting.startsAtMs;
    const startsAt =
      startsAtMs === undefined ? {} : { startsAt: new Date(startsAtMs).toISOString() };
    const rules = { muteOnEntry, lobby, waitForModerator, callMe, language };
    const unmuting = { unmuteSelf, unmuteOthers };
    const state = isPlanned ? 'planned' : 'open';
    return { id, name, state, ...startsAt, ...rules, ...unmuting };
  }

  feedToken(text: string): FeedToken | undefined {
    const checked = checkToken('feed', text, this.#basics.keys.tokens, this.#basics.now());
    return checked.kind === 'valid' ? checked.token : undefined;
  }

  async #codeFor(ticket: Ticket, meeting: Meeting): Promise<string> {
    const own =
      ticket.person &&
      (await this.#basics.store.get<PersonalCode>(personalKey(meeting.id, ticket.person.id)));
    if (own) return own.code;
    return ticket.role === 'moderator' ? meeting.codes.moderator : meeting.codes.join;
  }

  async #personalCode(
    room: RoomId,
    { name, role, personId }: { name: string; role: Role; personId: string },
  ): Promise<string> {
    const { store } = this.#basics;
    const place = personalKey(room, personId);
    const owner = { room, role, person: { id: personId, name } };
    const before = await store.get<PersonalCode>(place);
    if (before) {
      await this.#desk.codes.reassign(before.code, owner);
      await store.put<PersonalCode>(place, { value: { code: before.code, name, role } });
      return before.code;
    }
    const code = await this.#desk.codes.claim(owner);
    if (await store.create<PersonalCode>(place, { value: { code, name, role } })) return code;
    await this.#desk.codes.release(code);
    return this.#personalCode(room, { name, role, personId });
  }
}

/** The stay that goes on. */
function stayOf(before: Before | undefined, room: RoomId, personId: string): string | undefined {
  const isBack = before?.room === room && before.personId === personId && before.back;
  return isBack ? before.stay : undefined;
}

function personalKey(room: RoomId, personId: string): string {
  return `personal:${room}:${createHash('sha256').update(personId).digest('hex').slice(0, 40)}`;
}
