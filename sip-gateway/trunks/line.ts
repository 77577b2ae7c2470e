import { troubleSentence } from '../../protocol/call/trunk-trouble.ts';
import type { TrunkTrouble } from '../../protocol/call/trunk-trouble.ts';
import type { Log } from '../../protocol/log.ts';
import type { SipResponse } from '../../protocol/sip/message.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import type { Content, Source } from '../leg.ts';
import { trunkUri } from '../outbound/callees.ts';
import type { TrunkFlow } from './arrival.ts';
import { NEW_REGISTRATION, stepRegistration } from './registration.ts';
import type { Registrant, Registration, RegistrationInput } from './registration.ts';

export type LineState = 'registered' | 'reachable' | 'trying' | 'refused' | 'off';

export interface LineParts {
  readonly contactUser: string;
  /** Sends a request to the trunk's server. */
  readonly request: (
    method: string,
    content: Content,
    done: (answer: SipResponse, from?: Source) => void,
  ) => void;
  readonly isJoined: () => boolean;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
  readonly isAlive: (answer: SipResponse) => boolean;
}

/** Our end of one trunk, as long as it is set up as it is. */
export class Line {
  readonly trunk: Trunk;
  readonly #parts: LineParts;
  readonly #registrant: Registrant | undefined;
  #registration: Registration = NEW_REGISTRATION;
  #registrar: Source | undefined;
  #alive: boolean | undefined;
  #begun = false;
  #left: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #logged: LineState | undefined;

  constructor(trunk: Trunk, parts: LineParts) {
    this.trunk = trunk;
    this.#parts = parts;
    const { username, password, register } = trunk;
    if (!register || username === undefined || password === undefined) return;
    this.#registrant = {
      uri: trunkUri(trunk),
      login: { username, password },
      contactUser: parts.contactUser,
    };
  }

  get isNew(): boolean {
    return !this.#begun;
  }

  get state(): LineState {
    if (this.#registrant) return this.#registration.state;
    if (this.trunk.register) return 'refused';
    if (!this.trunk.outbound) return 'off';
    return this.#alive === true ? 'reachable' : 'trying';
  }

  get trouble(): TrunkTrouble | undefined {
    if (this.#registrant) return this.#registration.trouble;
    if (this.trunk.register) return { kind: 'no-login' };
    return this.#alive === false ? { kind: 'no-answer-to-options' } : undefined;
  }

  /** How calls to our Contact are known. */
  get flow(): TrunkFlow | undefined {
    if (!this.#registrant) return undefined;
    const registrar = this.#registrar === undefined ? {} : { registrar: this.#registrar };
    return { trunk: this.trunk.name, user: this.#registrant.contactUser, ...registrar };
  }

  /** Whether the trunk is still set up as it was. */
  isFor(trunk: Trunk): boolean {
    return JSON.stringify(trunk) === JSON.stringify(this.trunk);
  }

  /** Registers, or asks whether the server lives; nothing while nothing can be sent. */
  begin(): void {
    if (!this.#parts.isJoined()) return;
    this.#begun = true;
    if (this.#registrant) this.#step({ kind: 'due' });
    else this.ask();
  }

  /** Asks a server that we call out by whether it lives. What registers is known to. */
  ask(): void {
    if (this.#registrant || !this.trunk.outbound || !this.#parts.isJoined()) return;
    this.#parts.request('OPTIONS', {}, (answer) => {
      this.#alive = this.#parts.isAlive(answer);
      this.#report();
    });
  }

  /** Takes our Contact back; resolves when that was answered. */
  leave(): Promise<void> {
    clearTimeout(this.#timer);
    const isRegistered = this.#registrant && this.#registration.state === 'registered';
    if (!isRegistered || !this.#parts.isJoined()) {
      this.#left ??= () => undefined;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#left = resolve;
      this.#step({ kind: 'leave' });
    });
  }

  #step(input: RegistrationInput): void {
    const who = this.#registrant;
    if (!who) return;
    const { random } = this.#parts;
    const jitter = (random(1)[0] ?? 0) / 256;
    const chance = { jitter, cnonce: Buffer.from(random(8)).toString('hex') };
    const [next, effects] = stepRegistration(this.#registration, input, who, chance);
    this.#registration = next;
    for (const effect of effects) {
      if (effect.kind === 'register') this.#register(effect.headers);
      else this.#wakeIn(effect.ms);
    }
    this.#report();
  }

  #register(headers: Content['headers']): void {
    clearTimeout(this.#timer);
    this.#parts.request('REGISTER', headers === undefined ? {} : { headers }, (response, from) => {
      if (this.#left) return this.#left();
      if (from && response.status < 300) this.#registrar = from;
      this.#step({ kind: 'answer', response });
    });
  }

  #wakeIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#step({ kind: 'due' }), ms).unref();
  }

  /** One line for each change, and none for each try. */
  #report(): void {
    const { state, trouble } = this;
    if (state === this.#logged || this.#left) return;
    this.#logged = state;
    const isWell = state === 'registered' || state === 'reachable';
    this.#parts.log(isWell ? 'info' : 'warn', `trunk ${state}`, {
      trunk: this.trunk.name,
      ...(trouble && { why: troubleSentence(trouble) }),
    });
  }
}
