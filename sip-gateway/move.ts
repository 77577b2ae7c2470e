import { isSuccess } from '../protocol/sip/status.ts';
import type { Dial } from './outbound/forks.ts';
import type { Attempt, AttemptListener, FinalResponse, Leg, LegListener } from './leg.ts';
import { callerFailure } from './failure.ts';
import { contentType } from './relay.ts';
import type { Side } from './relay.ts';
import { sameMedia } from './same-media.ts';
import { agreedSession, sessionOffer } from './session-timer.ts';

export interface MoveParts {
  /** The leg that stays: a phone's. */
  readonly person: Side;
  /** Asked before each try: how to call the switch where the call belongs now. */
  readonly next: (offer: string) => Promise<Dial | undefined>;
  /** Hears the new leg. */
  readonly listener: LegListener;
  /** The leg at the switch, once the phone sends there; undefined where it came to nothing. */
  readonly done: (side: Side | undefined) => void;
}

const TRIES = 6;
const PAUSE_MS = 500;
/** One switch may take so long to answer, and the phone to agree. */
const TRY_MS = 4_000;
/** Both sides offered at once (RFC 3261 section 14.1). */
const GLARE_MS = 1_000;

/**
 * Takes one call to another switch while the phone's dialog stays. The new switch is called with what
 * the phone last said of itself; what it answers is offered to the phone in a re-INVITE.
 */
export class Move {
  readonly #parts: MoveParts;
  #attempt: Attempt | undefined;
  #leg: Leg | undefined;
  #timer: NodeJS.Timeout | undefined;
  #tries = 0;
  /** The try that is under way; what an earlier one still brings is late. */
  #trying = 0;
  #over = false;

  constructor(parts: MoveParts) {
    this.#parts = parts;
  }

  start(): void {
    void this.#try();
  }

  /** The phone hung up, or we stop: nothing is left at the new switch. */
  stop(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#attempt?.cancel();
    this.#leg?.hangUp();
  }

  async #try(): Promise<void> {
    this.#tries += 1;
    const dial = await this.#parts.next(this.#parts.person.heard);
    if (this.#over) return;
    if (dial === undefined) return this.#again();
    const trying = ++this.#trying;
    const isLate = (): boolean => this.#over || trying !== this.#trying;
    this.#timer = setTimeout(() => {
      this.#attempt?.cancel();
      this.#again();
    }, TRY_MS);
    this.#attempt = dial(this.#listener(isLate));
  }

  #listener(isLate: () => boolean): AttemptListener {
    const { listener } = this.#parts;
    return {
      onProvisional: () => undefined,
      onAnswer: (leg, final) => {
        final.ack();
        if (isLate()) return leg.hangUp();
        clearTimeout(this.#timer);
        this.#leg = leg;
        this.#tellPhone(leg, final);
      },
      onFailure: (response) => {
        if (isLate()) return;
        // What is about the call itself would be said again.
        if (callerFailure(response).retryAfterS === undefined) this.#finish(undefined);
        else this.#again();
      },
      onRequest: (incoming) => {
        if (this.#over) listener.onRequest(incoming);
        else incoming.respond(491);
      },
      onAck: (body) => listener.onAck(body),
      onEnd: (bye) => {
        if (this.#over) listener.onEnd(bye);
        else if (!isLate()) this.#again();
      },
    };
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.#attempt = undefined;
    this.#leg = undefined;
    this.#trying += 1;
    if (this.#tries >= TRIES) return this.#finish(undefined);
    this.#timer = setTimeout(() => void this.#try(), PAUSE_MS);
  }

  #tellPhone(leg: Leg, { response }: FinalResponse): void {
    const { person } = this.#parts;
    const side: Side = {
      ...{ leg, timer: agreedSession(response) },
      ...{ heard: response.body, told: person.heard },
    };
    const headers = [...contentType(side.heard), ...sessionOffer(person.timer)];
    person.leg.request('INVITE', { headers, body: side.heard }, (final) => {
      if (this.#over) {
        if (isSuccess(final.response.status)) final.ack();
        return;
      }
      if (final.response.status === 491) {
        this.#timer = setTimeout(
          () => this.#tellPhone(leg, { response, ack: () => undefined }),
          GLARE_MS,
        );
        return;
      }
      if (!isSuccess(final.response.status)) {
        leg.hangUp();
        return this.#finish(undefined);
      }
      final.ack();
      person.told = side.heard;
      this.#onPhoneMoved(side, final.response.body);
    });
  }

  /** A phone that answered from another port than it said before: the switch must know. */
  #onPhoneMoved(side: Side, heard: string): void {
    const { person } = this.#parts;
    const stays = sameMedia(person.heard, heard);
    person.heard = heard;
    if (!stays) {
      const headers = [...contentType(heard), ...sessionOffer(side.timer)];
      side.leg.request('INVITE', { headers, body: heard }, (final) => {
        if (!isSuccess(final.response.status)) return;
        final.ack();
        side.heard = final.response.body;
        side.told = heard;
      });
    }
    this.#finish(side);
  }

  #finish(side: Side | undefined): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#parts.done(side);
  }
}
