import type { SipHeader, SipResponse } from '../protocol/sip/message.ts';
import { callerFailure } from './failure.ts';
import type { Attempt, Content, FinalResponse, IncomingCall, Leg } from './leg.ts';
import type { AttemptListener, LegListener, Source } from './leg.ts';
import type { Side } from './relay.ts';
import { ALLOW, contentType, Relay } from './relay.ts';
import type { SessionTimer } from './session-timer.ts';
import {
  agreedSession,
  hasOption,
  SESSION_S,
  sessionAnswer,
  sessionOffer,
} from './session-timer.ts';

export interface JoinParts {
  readonly call: IncomingCall;
  /** What the caller's leg agreed to about session timers. */
  readonly session: SessionTimer;
  /** The room's SIP address at the switch. */
  readonly target: string;
  /** Headers of ours for the room leg; nothing of the caller's crosses but its offer. */
  readonly headers: readonly SipHeader[];
  readonly dial: (uri: string, content: Content, listener: AttemptListener) => Attempt;
  /** Asks the switch, past the call, whether it lives. */
  readonly askSwitch: (done: (alive: boolean) => void) => void;
  readonly onEnd: () => void;
}

type State =
  | { readonly kind: 'calling'; readonly attempt: Attempt | undefined }
  | { readonly kind: 'answering'; readonly room: Side }
  | { readonly kind: 'talking'; readonly caller: Side; readonly room: Side }
  | { readonly kind: 'ended' };

/** The bridge takes or refuses a call within moments; after this the switch is asked if it lives. */
const SILENCE_MS = 5_000;
/** A live switch whose bridge is away may keep a call this long. */
const PATIENCE_MS = 20_000;
/** How often the caller, and a room leg without session timer, is asked whether it is still there. */
const KEEPALIVE_MS = 30_000;
const GONE = [408, 481, 503];

/** Who calls the switch. */
export const GATEWAY = '"Partyline" <sip:partyline@localhost>';

/**
 * One call: the caller's leg and the room's leg at the switch, joined (a B2BUA). Session
 * descriptions pass both ways untouched; what ends one leg ends the other.
 */
export class Join {
  readonly #parts: JoinParts;
  readonly #relay = new Relay();
  #state: State = { kind: 'calling', attempt: undefined };
  #timer: NodeJS.Timeout | undefined;
  /** Set while a call without offer waits for the answer in its ACK. */
  #awaitedAnswer: FinalResponse | undefined;

  constructor(parts: JoinParts) {
    this.#parts = parts;
  }

  /** Where the caller's INVITE came from. */
  get source(): Source {
    return this.#parts.call.source;
  }

  start(): void {
    const { call, target, headers, dial } = this.#parts;
    const { body } = call.request;
    call.onCancel(() => this.end());
    this.#timer = setTimeout(() => this.#onSilence(), SILENCE_MS);
    const own = [
      { name: 'From', value: GATEWAY },
      { name: 'Allow', value: ALLOW },
    ];
    const session = sessionOffer({ kind: 'timer', expiresS: SESSION_S, weRefresh: false });
    const content = { headers: [...own, ...headers, ...session, ...contentType(body)], body };
    const attempt = dial(target, content, this.#roomListener());
    if (this.#state.kind === 'calling') this.#state = { kind: 'calling', attempt };
  }

  /** Ends both legs, whatever state they are in; an unanswered caller hears `status`. */
  end(status = 503): void {
    const state = this.#state;
    if (state.kind === 'ended') return;
    this.#state = { kind: 'ended' };
    clearTimeout(this.#timer);
    if (state.kind === 'calling') {
      state.attempt?.cancel();
      this.#refuse(status, 5);
    }
    if (state.kind === 'answering' || state.kind === 'talking') {
      this.#awaitedAnswer?.ack();
      state.room.leg.hangUp();
    }
    if (state.kind === 'talking') state.caller.leg.hangUp();
    this.#parts.onEnd();
  }

  /** drachtio does not tell a 100, so a switch that works and one that is gone are silent alike. */
  #onSilence(): void {
    this.#timer = setTimeout(() => this.end(), PATIENCE_MS - SILENCE_MS);
    this.#parts.askSwitch((alive) => {
      if (!alive && this.#state.kind === 'calling') this.end();
    });
  }

  #refuse(status: number, retryAfterS?: number): void {
    const retry = status === 503 && retryAfterS !== undefined;
    const headers = retry ? [{ name: 'Retry-After', value: `${retryAfterS}` }] : [];
    this.#parts.call.respond(status, { headers });
  }

  #roomListener(): AttemptListener {
    return {
      onProvisional: (response) => this.#onProvisional(response),
      onAnswer: (leg, final) => this.#onAnswer(leg, final),
      onFailure: (response) => this.#onFailure(response),
      onRequest: (incoming) => {
        const state = this.#state;
        if (state.kind !== 'talking') incoming.respond(491);
        else this.#relay.onRequest(incoming, state.room, state.caller);
      },
      onAck: (body) => {
        if (this.#state.kind === 'talking') this.#relay.onAck(body, this.#state.room);
      },
      onEnd: () => this.end(),
    };
  }

  #callerListener(): LegListener {
    return {
      onRequest: (incoming) => {
        const state = this.#state;
        if (state.kind !== 'talking') incoming.respond(491);
        else this.#relay.onRequest(incoming, state.caller, state.room);
      },
      onAck: (body) => this.#onCallerAck(body),
      onEnd: () => this.end(),
    };
  }

  #onProvisional({ status, body }: SipResponse): void {
    clearTimeout(this.#timer);
    if (this.#state.kind !== 'calling' || status === 100) return;
    const { call } = this.#parts;
    const reliable = hasOption(call.request, 'Require', '100rel');
    const headers = [
      ...contentType(body),
      ...(reliable ? [{ name: 'Require', value: '100rel' }] : []),
    ];
    call.respond(status, { headers, body });
  }

  #onFailure(response: SipResponse): void {
    if (this.#state.kind !== 'calling') return;
    const { status, retryAfterS } = callerFailure(response);
    this.#state = { kind: 'ended' };
    clearTimeout(this.#timer);
    this.#refuse(status, retryAfterS);
    this.#parts.onEnd();
  }

  #onAnswer(leg: Leg, final: FinalResponse): void {
    const { call, session } = this.#parts;
    const { response } = final;
    const offered = call.request.body;
    clearTimeout(this.#timer);
    if (offered !== '' || this.#state.kind === 'ended') final.ack();
    else this.#awaitedAnswer = final;
    // The caller hung up while the 200 was on its way.
    if (this.#state.kind === 'ended') return leg.hangUp();
    const timer = agreedSession(response);
    const room: Side = { leg, timer, heard: response.body, told: offered };
    this.#state = { kind: 'answering', room };
    const headers = [
      { name: 'Allow', value: ALLOW },
      { name: 'Supported', value: 'timer' },
      ...sessionAnswer(session),
      ...contentType(response.body),
    ];
    const content = { headers, body: response.body };
    call.accept(content, this.#callerListener(), (caller) => this.#onAccepted(caller));
  }

  #onAccepted(leg: Leg | undefined): void {
    const state = this.#state;
    if (!leg) return this.end();
    if (state.kind !== 'answering') return leg.hangUp();
    const { call, session } = this.#parts;
    const { room } = state;
    const caller: Side = { leg, timer: session, heard: call.request.body, told: room.heard };
    this.#state = { kind: 'talking', caller, room };
    this.#timer = setTimeout(() => this.#askLegs(), KEEPALIVE_MS);
  }

  #onCallerAck(body: string): void {
    const awaited = this.#awaitedAnswer;
    const state = this.#state;
    if (state.kind !== 'talking') return;
    if (!awaited) return this.#relay.onAck(body, state.caller);
    this.#awaitedAnswer = undefined;
    state.caller.heard = body;
    state.room.told = body;
    awaited.ack(body);
  }

  #askLegs(): void {
    const state = this.#state;
    if (state.kind !== 'talking') return;
    const { caller, room } = state;
    // The caller in any case: drachtio-server forgets a session timer at an offer without one.
    for (const { leg } of room.timer.kind === 'none' ? [caller, room] : [caller]) {
      leg.request('OPTIONS', {}, ({ response }) => this.#onAsked(response));
    }
    this.#timer = setTimeout(() => this.#askLegs(), KEEPALIVE_MS);
  }

  /** Any answer is a sign of life, a refusal too. */
  #onAsked({ status }: SipResponse): void {
    if (GONE.includes(status)) this.end();
  }
}
