import type { z } from 'zod';
import type { BanView, CallView, MeetingView } from '../../protocol/http/views.ts';
import type { announceWish } from '../schemas/announcements.ts';
import type { callAnswer, callWish } from '../schemas/calls.ts';
import type { meetingsAsked } from '../schemas/meeting-list.ts';
import type { meetingChange, meetingWish } from '../schemas/meetings.ts';
import type { participantsAsked } from '../schemas/participant-list.ts';
import type { participantChange, participantView } from '../schemas/participants.ts';
import type { ticketAnswer, ticketView, ticketWish } from '../schemas/tickets.ts';
import { path } from './line.ts';
import type { ChangeOptions, Line, PostOptions, Tagged } from './line.ts';

export type Participant = z.output<typeof participantView>;
export type MeetingsWanted = {
  readonly [N in keyof typeof meetingsAsked]?: string | number | undefined;
};
export type PeopleWanted = {
  readonly [N in keyof typeof participantsAsked]?: string | number | boolean | undefined;
};

/** Meetings, and the way into them. */
export class MeetingsClient {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  /** The newest first. */
  each(wanted: MeetingsWanted = {}): AsyncGenerator<MeetingView, void> {
    return this.#line.each('/meetings', wanted);
  }

  create(wish: z.input<typeof meetingWish>, options?: PostOptions): Promise<MeetingView> {
    return this.#line.post('/meetings', wish, options);
  }

  get(id: string): Promise<Tagged<MeetingView>> {
    return this.#line.tagged(path`/meetings/${id}`);
  }

  change(
    id: string,
    wish: z.input<typeof meetingChange>,
    options?: ChangeOptions,
  ): Promise<MeetingView> {
    return this.#line.patch(path`/meetings/${id}`, wish, options);
  }

  end(id: string): Promise<MeetingView> {
    return this.#line.post(path`/meetings/${id}/end`);
  }

  delete(id: string, options?: ChangeOptions): Promise<void> {
    return this.#line.delete(path`/meetings/${id}`, options);
  }

  /** Within an hour of its deletion. */
  restore(id: string): Promise<MeetingView> {
    return this.#line.post(path`/meetings/${id}/restore`);
  }

  ticket(
    id: string,
    wish: z.input<typeof ticketWish>,
    options?: PostOptions,
  ): Promise<z.output<typeof ticketAnswer>> {
    return this.#line.post(path`/meetings/${id}/tickets`, wish, options);
  }

  /** What a join link opens. */
  opened(ticket: string): Promise<z.output<typeof ticketView>> {
    return this.#line.get(path`/tickets/${ticket}`);
  }
}

/** What is done in one meeting's room. Each resolves once the switch took it; the feed says the rest. */
export class RoomClient {
  readonly #line: Line;
  readonly #room: string;

  constructor(line: Line, meeting: string) {
    this.#line = line;
    this.#room = path`/meetings/${meeting}`;
  }

  people(wanted: PeopleWanted = {}): AsyncGenerator<Participant, void> {
    return this.#line.each(`${this.#room}/participants`, wanted);
  }

  change(id: string, wish: z.input<typeof participantChange>): Promise<unknown> {
    return this.#line.patch(this.#room + path`/participants/${id}`, wish);
  }

  remove(id: string, { ban = false }: { readonly ban?: boolean } = {}): Promise<void> {
    return this.#line.delete(this.#room + path`/participants/${id}` + (ban ? '?ban=true' : ''));
  }

  bans(): AsyncGenerator<BanView, void> {
    return this.#line.each(`${this.#room}/bans`);
  }

  lift(banId: string): Promise<void> {
    return this.#line.delete(this.#room + path`/bans/${banId}`);
  }

  muteAll(except: 'moderators' | 'none' = 'moderators'): Promise<unknown> {
    return this.#line.post(`${this.#room}/mute-all`, { except });
  }

  unmuteAll(): Promise<unknown> {
    return this.#line.post(`${this.#room}/unmute-all`);
  }

  lock(locked: boolean): Promise<unknown> {
    return this.#line.post(`${this.#room}/lock`, { locked });
  }

  lobby(action: 'admit' | 'refuse'): Promise<unknown> {
    return this.#line.post(`${this.#room}/lobby`, { action });
  }

  recording(action: 'start' | 'stop'): Promise<unknown> {
    return this.#line.post(`${this.#room}/recording`, { action });
  }

  /** Plays an operator's recording; `GET /announcements` names them. */
  announce(wish: z.input<typeof announceWish>): Promise<unknown> {
    return this.#line.post(`${this.#room}/announce`, wish);
  }

  calls(): Promise<readonly CallView[]> {
    return this.#line.get(`${this.#room}/calls`);
  }

  call(
    wish: z.input<typeof callWish>,
    options?: PostOptions,
  ): Promise<z.output<typeof callAnswer>> {
    return this.#line.post(`${this.#room}/calls`, wish, options);
  }

  cancel(callId: string): Promise<void> {
    return this.#line.delete(this.#room + path`/calls/${callId}`);
  }
}
