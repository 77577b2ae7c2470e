import { Registerer } from '../phone/sip-js.ts';
import type { UserAgent } from '../phone/sip-js.ts';

/** `unanswered`: the connection seems to be up, and nobody is at its other end. */
export type RegistrationNews = 'accepted' | 'refused' | 'unanswered';

/** The server keeps a browser for ten minutes at most. */
const EXPIRES_S = 300;
/** The only word that a browser has from a connection without traffic (RFC 5626 section 4.4.1: 95 to 120 s). */
const REFRESH_MS = 100_000;
/** Ours comes first; SIP.js' own refreshing has nobody who looks at its answer. */
const SIP_JS_REFRESH_PERCENT = 99;
/** Timer F would wait 32 s (RFC 3261 section 17.1.2.2), over a WebSocket as over UDP. */
const ANSWER_MS = 4_000;

/**
 * Registers over one connection, again and again. SIP.js' registerer refuses to register anew before the last
 * REGISTER was answered, so what a connection took with it is given up whole, and the next one has a registerer of its own.
 */
export class Registration {
  readonly #registerer: Registerer;
  readonly #tell: (news: RegistrationNews) => void;
  #over = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #refresh: ReturnType<typeof setTimeout> | undefined;

  constructor(agent: UserAgent, tell: (news: RegistrationNews) => void) {
    this.#tell = tell;
    this.#registerer = new Registerer(agent, {
      expires: EXPIRES_S,
      refreshFrequency: SIP_JS_REFRESH_PERCENT,
    });
  }

  /** One REGISTER; one that is under way is waited for. */
  register(): void {
    if (this.#over || this.#patience !== undefined) return;
    clearTimeout(this.#refresh);
    this.#patience = setTimeout(() => this.#hear('unanswered'), ANSWER_MS);
    const requestDelegate = {
      onAccept: () => this.#hear('accepted'),
      onReject: () => this.#hear('refused'),
    };
    this.#registerer.register({ requestDelegate }).catch(() => this.#hear('refused'));
  }

  /** The connection is gone: nothing is told any more, and nothing awaited. */
  giveUp(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopTimers();
    void this.#registerer.dispose();
  }

  #hear(news: RegistrationNews): void {
    if (this.#over) return;
    this.#stopTimers();
    if (news === 'accepted') this.#refresh = setTimeout(() => this.register(), REFRESH_MS);
    this.#tell(news);
  }

  #stopTimers(): void {
    clearTimeout(this.#patience);
    clearTimeout(this.#refresh);
    this.#patience = undefined;
  }
}
