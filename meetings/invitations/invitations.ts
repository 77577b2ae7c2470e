import type { Language } from '../../protocol/call/language.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Addresses, Basics } from '../basics.ts';
import type { Meetings } from '../meetings.ts';
import type { Meeting } from '../rules/meeting.ts';
import type { Tickets } from '../tickets.ts';
import type { Trunks } from '../trunks.ts';
import { dialIn } from '../view.ts';
import type { MeetingViews } from '../view.ts';
import { asCalendar } from './calendar.ts';
import { asHtml } from './as-html.ts';
import { asText } from './as-text.ts';
import type { Invitation } from './invitation.ts';

export type InvitationFormat = 'text' | 'html' | 'ics';

export type InvitationResult =
  | { readonly ok: true; readonly text: string }
  /** `no-ticket`: no ticket was made for that person. `no-time`: a permanent meeting is in no calendar. */
  | { readonly ok: false; readonly reason: 'unknown' | 'no-ticket' | 'no-time' };

export interface InvitationsDesk {
  readonly meetings: Meetings;
  readonly views: MeetingViews;
  readonly tickets: Tickets;
  readonly trunks: Trunks;
  readonly addresses: Addresses;
}

/** What is sent to those who are to come. */
export class Invitations {
  readonly #basics: Basics;
  readonly #desk: InvitationsDesk;

  constructor(basics: Basics, desk: InvitationsDesk) {
    this.#basics = basics;
    this.#desk = desk;
  }

  /** For everybody, or with a person's own link and code. Of a deleted meeting it says that, for 30 days. */
  async write(
    id: RoomId,
    format: InvitationFormat,
    wish: { readonly person?: string | undefined; readonly language?: Language | undefined } = {},
  ): Promise<InvitationResult> {
    const { meetings } = this.#desk;
    const meeting = (await meetings.get(id)) ?? (await meetings.deleted(id));
    if (meeting === undefined) return { ok: false, reason: 'unknown' };
    const way = await this.#wayIn(meeting, wish.person);
    if (way === undefined) return { ok: false, reason: 'no-ticket' };
    const { addresses, trunks } = this.#desk;
    const text = this.#format(format, {
      meeting,
      language: wish.language ?? meeting.language,
      ...way,
      dialIn: dialIn(addresses, trunks.known),
    });
    return text === undefined ? { ok: false, reason: 'no-time' } : { ok: true, text };
  }

  #format(format: InvitationFormat, invitation: Invitation): string | undefined {
    const nowMs = this.#basics.now();
    switch (format) {
      case 'text':
        return asText(invitation, nowMs);
      case 'html':
        return asHtml(invitation, nowMs);
      case 'ics': {
        const { hostname } = new URL(this.#desk.addresses.publicUrl());
        return asCalendar(invitation, { nowMs, host: hostname });
      }
    }
  }

  async #wayIn(
    meeting: Meeting,
    person: string | undefined,
  ): Promise<{ readonly link: string; readonly code: string } | undefined> {
    if (person !== undefined) return this.#desk.tickets.ofPerson(meeting, person);
    const { joinUrl } = this.#desk.views.show(meeting, 0);
    return { link: joinUrl, code: meeting.codes.join };
  }
}
