import type { SipHeader, SipRequest, SipResponse } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import { CALL_AGAIN, lostItsSound } from './call-again.ts';
import type { Refused } from './failure.ts';
import type { Attempt, FinalResponse, Incoming, IncomingCall, Leg } from './leg.ts';
import type { AttemptListener, LegListener, Source } from './leg.ts';
import { Move } from './move.ts';
import type { MoveParts } from './move.ts';
import type { Side } from './relay.ts';
import { ALLOW, contentType, Relay } from './relay.ts';
import type { SessionTimer } from './session-timer.ts';
import { agreedSession, hasOption, sessionAnswer } from './session-timer.ts';

export interface JoinParts {
  readonly call: IncomingCall;
  /** What the caller's leg agreed to about session timers. */
  readonly session: SessionTimer;
  /** Calls the other side with the caller's offer; nothing else of the caller's crosses. */
  readonly dial: (offer: string, listener: AttemptListener) => Attempt;
  /** What the caller hears when the other side does not take the call. */
  readonly refusal: (response: SipResponse) => Refused;
  readonly patience: Patience;
  /** The side of the person; asked whether it lives although a session timer watches it. */
  readonly person: SideName;
  /** The switch ended its leg: whether the call goes on elsewhere, by `move`, which is called then. */
  readonly goesOn?: ((bye: SipRequest) => boolean) | undefined;
  /** The person's phone asks for a transfer (RFC 3515); absent: that is refused. */
  readonly onRefer?: ((incoming: Incoming, leg: Leg) => void) | undefined;
  /** `moving`: while it was on its way to another switch. */
  readonly onEnd: (moving: boolean) => void;
}

export type SideName = 'caller' | 'callee';

/**
 * A ringing that names a dialog names our Contact (RFC 3261 section 12.1.1), and SIP.js drops one that does not. drachtio adds
 * its own to a 2xx and to what is sent reliably alone; it writes its address for `localhost`.
 */
const OUR_CONTACT: SipHeader = { name: 'Contact', value: '<sip:call@localhost>' };

/** How long the other side may keep silent. */
export type Patience =
  /** Asks the switch, past the call, whether it lives. */
  | { readonly kind: 'switch'; readonly ask: (done: (alive: boolean) => void) => void }
  /** People take their time to answer. */
  | { readonly kind: 'people'; readonly ms: number };

type State =
  | { readonly kind: 'calling'; readonly attempt: Attempt | undefined }
  | { readonly kind: 'answering'; readonly callee: Side }
  | { readonly kind: 'talking'; readonly caller: Side; readonly callee: Side }
  /** The person's leg alone is up; another switch is called for it. */
  | { readonly kind: 'moving'; readonly person: Side; readonly move: Move }
  | { readonly kind: 'ended' };

/** The bridge takes or refuses a call within moments; after this the switch is asked if it lives. */
const SILENCE_MS = 5_000;
/** A live switch whose bridge is away may keep a call this long. */
const PATIENCE_MS = 20_000;
/** How often a leg without session timer, or whose timer may be forgotten, is asked whether it is there. */
const KEEPALIVE_MS = 30_000;
const GONE = [408, 481, 503];

const UNAVAILABLE: Refused = {
  status: 503,
  headers: [{ name: 'Retry-After', value: '5' }],
};
const NO_ANSWER: Refused = { status: 480, headers: [] };

/**
 * One call: a phone's leg and the switch's, joined (a B2BUA), whoever of them called. Session
 * descriptions pass both ways untouched; what ends one leg ends the other, unless the call moves.
 */
export class Join {
  readonly #parts: JoinParts;
  #relay = new Relay();
  #state: State = { kind: 'calling', attempt: undefined };
  #timer: NodeJS.Timeout | undefined;
  /** Set while a call without offer waits for the answer in its ACK. */
  #awaitedAnswer: FinalResponse | undefined;
  /** Of the dialog with who is called, once they answered. */
  #calleesCallId: string | undefined;

  constructor(parts: JoinParts) {
    this.#parts = parts;
  }

  /** Where the caller's INVITE came from. */
  get source(): Source {
    return this.#parts.call.source;
  }

  /** The Call-ID by which the person's phone knows the call; undefined until a called one answered. */
  get personsCallId(): string | undefined {
    const { person, call } = this.#parts;
    return person === 'caller' ? header(call.request, 'Call-ID') : this.#calleesCallId;
  }

  /** Both legs are up, so that one of them can be moved. */
  get isTalking(): boolean {
    return this.#state.kind === 'talking';
  }

  get isMoving(): boolean {
    return this.#state.kind === 'moving';
  }

  start(): void {
    const { call, patience, dial } = this.#parts;
    call.onCancel(() => this.end());
    this.#timer =
      patience.kind === 'people'
        ? setTimeout(() => this.end(NO_ANSWER), patience.ms)
        : setTimeout(() => this.#onSilence(patience.ask), SILENCE_MS);
    const attempt = dial(call.request.body, this.#calleeListener());
    if (this.#state.kind === 'calling') this.#state = { kind: 'calling', attempt };
  }

  /** Ends both legs, whatever state they are in; an unanswered caller hears `refusal`. */
  end(refusal: Refused = UNAVAILABLE): void {
    const state = this.#state;
    if (state.kind === 'ended') return;
    this.#state = { kind: 'ended' };
    clearTimeout(this.#timer);
    if (state.kind === 'calling') {
      state.attempt?.cancel();
      this.#refuse(refusal);
    }
    if (state.kind === 'answering' || state.kind === 'talking') {
      this.#awaitedAnswer?.ack();
      state.callee.leg.hangUp();
    }
    if (state.kind === 'talking') state.caller.leg.hangUp();
    if (state.kind === 'moving') {
      state.move.stop();
      state.person.leg.hangUp();
    }
    this.#parts.onEnd(state.kind === 'moving');
  }

  /** As `end`, and says why to a person who is up; for those who call again by themselves. */
  dismiss(headers: readonly SipHeader[]): void {
    if (this.#state.kind === 'talking') this.#state[this.#parts.person].leg.hangUp(headers);
    this.end();
  }

  /** Takes a call whose legs are both up to another switch; its leg at the old one ends. */
  move(next: MoveParts['next']): void {
    const state = this.#state;
    if (state.kind !== 'talking') return;
    const name = this.#parts.person;
    const person = state[name];
    clearTimeout(this.#timer);
    state[otherThan(name)].leg.hangUp();
    this.#relay = new Relay();
    const done = (side: Side | undefined): void => {
      if (this.#state.kind !== 'moving') return side?.leg.hangUp();
      if (side === undefined) return this.end();
      const sides =
        name === 'caller' ? { caller: person, callee: side } : { caller: side, callee: person };
      this.#talk(sides);
    };
    const move = new Move({ person, next, listener: this.#listener(otherThan(name)), done });
    this.#state = { kind: 'moving', person, move };
    move.start();
  }

  /** drachtio does not tell a 100, so a switch that works and one that is gone are silent alike. */
  #onSilence(ask: (done: (alive: boolean) => void) => void): void {
    this.#timer = setTimeout(() => this.end(), PATIENCE_MS - SILENCE_MS);
    ask((alive) => {
      if (!alive && this.#state.kind === 'calling') this.end();
    });
  }

  #refuse({ status, headers }: Refused): void {
    this.#parts.call.respond(status, { headers });
  }

  #calleeListener(): AttemptListener {
    return {
      ...this.#listener('callee'),
      onProvisional: (response) => this.#onProvisional(response),
      onAnswer: (leg, final) => this.#onAnswer(leg, final),
      onFailure: (response) => this.#onFailure(response),
    };
  }

  /** Hears one side of the call while both are up. */
  #listener(name: SideName): LegListener {
    return {
      onRequest: (incoming) => {
        const state = this.#state;
        if (state.kind !== 'talking') incoming.respond(491);
        else if (this.#isReferral(incoming, name)) this.#parts.onRefer?.(incoming, state[name].leg);
        else this.#relay.onRequest(incoming, state[name], state[otherThan(name)]);
      },
      onAck: (body) => this.#onAck(name, body),
      onEnd: (bye) => this.#onLegEnd(name, bye),
    };
  }

  #isReferral({ request }: Incoming, name: SideName): boolean {
    const { person, onRefer } = this.#parts;
    return request.method === 'REFER' && name === person && onRefer !== undefined;
  }

  #onLegEnd(name: SideName, bye: SipRequest | undefined): void {
    const { person, goesOn } = this.#parts;
    const isSwitch = name !== person && this.#state.kind === 'talking';
    if (isSwitch && bye !== undefined && goesOn?.(bye) === true) return;
    // It slept, or was in no network: it comes back as soon as it hears this.
    const isLost = isSwitch && this.source.transport === 'ws' && bye && lostItsSound(bye);
    if (isLost) return this.dismiss([CALL_AGAIN]);
    this.end();
  }

  #onProvisional({ status, body }: SipResponse): void {
    const { call, patience } = this.#parts;
    if (patience.kind === 'switch') clearTimeout(this.#timer);
    if (this.#state.kind !== 'calling' || status === 100) return;
    const reliable = hasOption(call.request, 'Require', '100rel');
    const headers = [
      ...contentType(body),
      reliable ? { name: 'Require', value: '100rel' } : OUR_CONTACT,
    ];
    call.respond(status, { headers, body });
  }

  #onFailure(response: SipResponse): void {
    if (this.#state.kind !== 'calling') return;
    this.#state = { kind: 'ended' };
    clearTimeout(this.#timer);
    this.#refuse(this.#parts.refusal(response));
    this.#parts.onEnd(false);
  }

  #onAnswer(leg: Leg, final: FinalResponse): void {
    const { call, session } = this.#parts;
    const { response } = final;
    const offered = call.request.body;
    this.#calleesCallId = header(response, 'Call-ID');
    clearTimeout(this.#timer);
    if (offered !== '' || this.#state.kind === 'ended') final.ack();
    else this.#awaitedAnswer = final;
    // The caller hung up while the 200 was on its way.
    if (this.#state.kind === 'ended') return leg.hangUp();
    const timer = agreedSession(response);
    const callee: Side = { leg, timer, heard: response.body, told: offered };
    this.#state = { kind: 'answering', callee };
    const headers = [
      { name: 'Allow', value: ALLOW },
      { name: 'Supported', value: 'timer' },
      ...sessionAnswer(session),
      ...contentType(response.body),
    ];
    const content = { headers, body: response.body };
    call.accept(content, this.#listener('caller'), (caller) => this.#onAccepted(caller));
  }

  #onAccepted(leg: Leg | undefined): void {
    const state = this.#state;
    if (!leg) return this.end();
    if (state.kind !== 'answering') return leg.hangUp();
    const { call, session } = this.#parts;
    const { callee } = state;
    const caller: Side = { leg, timer: session, heard: call.request.body, told: callee.heard };
    this.#talk({ caller, callee });
  }

  #talk(sides: { readonly caller: Side; readonly callee: Side }): void {
    this.#state = { kind: 'talking', ...sides };
    this.#timer = setTimeout(() => this.#askLegs(), KEEPALIVE_MS);
  }

  #onAck(name: SideName, body: string): void {
    const awaited = this.#awaitedAnswer;
    const state = this.#state;
    if (state.kind !== 'talking') return;
    if (!awaited || name === 'callee') return this.#relay.onAck(body, state[name]);
    this.#awaitedAnswer = undefined;
    state.caller.heard = body;
    state.callee.told = body;
    awaited.ack(body);
  }

  #askLegs(): void {
    const state = this.#state;
    if (state.kind !== 'talking') return;
    // One in any case: drachtio-server forgets a session timer at an offer without one.
    const always = state[this.#parts.person];
    for (const side of [state.caller, state.callee]) {
      if (side !== always && side.timer.kind !== 'none') continue;
      side.leg.request('OPTIONS', {}, ({ response }) => this.#onAsked(side, response));
    }
    this.#timer = setTimeout(() => this.#askLegs(), KEEPALIVE_MS);
  }

  /**
   * Any answer is a sign of life, a refusal too. Of a switch that does not answer others decide,
   * where calls can go on elsewhere; what a leg says that was left behind is of no interest.
   */
  #onAsked(side: Side, { status }: SipResponse): void {
    const state = this.#state;
    if (state.kind !== 'talking' || !GONE.includes(status)) return;
    const { person, goesOn } = this.#parts;
    if (side === state[person]) this.end();
    else if (side === state[otherThan(person)] && (goesOn === undefined || status === 481))
      this.end();
  }
}

function otherThan(name: SideName): SideName {
  return name === 'caller' ? 'callee' : 'caller';
}
