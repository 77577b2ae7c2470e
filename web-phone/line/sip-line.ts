import type { SipGrant } from '../../protocol/http/views.ts';
import {
  agentOptions,
  Inviter,
  Registerer,
  RegistererState,
  UserAgent,
  uriOf,
} from '../phone/sip-js.ts';
import type { Invitation } from '../phone/sip-js.ts';
import { SipCall } from './sip-call.ts';
import type { SipCallEvent } from './sip-call.ts';

export type LineEvent =
  | { readonly kind: 'registered'; readonly on: boolean }
  | { readonly kind: 'incoming'; readonly call: SipCall };

export interface SipLineOptions {
  readonly grant: SipGrant;
  readonly name: string;
  /** What the others hear; asked for each call, which uses a copy. */
  readonly voice: () => Promise<MediaStreamTrack>;
  readonly listen: (event: LineEvent) => void;
}

/** The server keeps a browser for ten minutes at most. */
const EXPIRES_S = 300;
/** After a lost connection, doubled up to the last. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** One of an account's phones: registered for as long as it is not stopped, over breaks of the network. */
export class SipLine {
  readonly #options: SipLineOptions;
  readonly #agent: UserAgent;
  readonly #registerer: Registerer;
  #stopped = false;
  #started = false;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SipLineOptions) {
    this.#options = options;
    const { grant, name } = options;
    this.#agent = new UserAgent({
      ...agentOptions({ ...grant, displayName: name }, () => {
        throw new Error('each call has a voice of its own');
      }),
      ...SipCall.media(grant.iceServers, options.voice),
      delegate: {
        onInvite: (invitation) => this.#onInvite(invitation),
        onDisconnect: (error) => this.#onDisconnect(error),
      },
    });
    this.#registerer = new Registerer(this.#agent, { expires: EXPIRES_S, refreshFrequency: 80 });
    this.#registerer.stateChange.addListener((state) => {
      if (state !== RegistererState.Registered) options.listen({ kind: 'registered', on: false });
    });
    addEventListener('online', this.#now);
    void this.#connect();
  }

  /** New credentials, before the old ones run out. */
  renew({ username, password }: SipGrant): void {
    Object.assign(this.#agent.configuration, {
      authorizationUsername: username,
      authorizationPassword: password,
    });
    this.#register();
  }

  call(number: string, listen: (event: SipCallEvent) => void): SipCall {
    const { host } = this.#agent.configuration.uri;
    const target = uriOf(`sip:${encodeURIComponent(number).replace('%2B', '+')}@${host}`);
    const port = this.#agent.configuration.uri.port;
    if (port !== undefined) target.port = port;
    const call = new SipCall(new Inviter(this.#agent, target));
    call.listen = listen;
    call.dial();
    return call;
  }

  /** An address to be referred to. */
  addressOf(number: string) {
    const uri = this.#agent.configuration.uri.clone();
    uri.user = number;
    return uri;
  }

  /** Nobody is rung here any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    removeEventListener('online', this.#now);
    void this.#agent.stop().catch(ignoreDeadLine);
  }

  readonly #now = (): void => {
    if (this.#agent.isConnected()) return;
    this.#tries = 0;
    void this.#connect();
  };

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    if (this.#stopped) return;
    try {
      const first = !this.#started;
      this.#started = true;
      await (first ? this.#agent.start() : this.#agent.reconnect());
      this.#register();
    } catch {
      this.#later();
    }
  }

  /** Told by the answer: SIP.js' registerer knows nothing of a connection that broke, and stays "registered". */
  #register(): void {
    const requestDelegate = { onAccept: () => this.#accepted(), onReject: () => this.#refused() };
    void this.#registerer.register({ requestDelegate }).catch(() => this.#later());
  }

  #accepted(): void {
    this.#tries = 0;
    this.#options.listen({ kind: 'registered', on: true });
  }

  #refused(): void {
    this.#options.listen({ kind: 'registered', on: false });
    this.#later();
  }

  #later(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    const ms = RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)];
    this.#tries += 1;
    this.#retry = setTimeout(
      () => void (this.#agent.isConnected() ? this.#register() : this.#connect()),
      ms,
    );
  }

  #onDisconnect(error: Error | undefined): void {
    if (this.#stopped || error === undefined) return;
    this.#options.listen({ kind: 'registered', on: false });
    this.#later();
  }

  #onInvite(invitation: Invitation): void {
    this.#options.listen({ kind: 'incoming', call: new SipCall(invitation) });
  }
}

/** It goes on this side whatever becomes of the last message. */
function ignoreDeadLine(): void {}
