import type { SipGrant } from '../../protocol/http/views.ts';
import { agentOptions, Inviter, UserAgent, uriOf } from '../phone/sip-js.ts';
import type { Invitation } from '../phone/sip-js.ts';
import { Registration } from './registration.ts';
import type { RegistrationNews } from './registration.ts';
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

/** After a lost connection; the last goes on. Who restarts a server rings here a few seconds later. */
const RETRY_MS = [500, 1_000, 2_000, 4_000];

/** One of an account's phones: registered for as long as it is not stopped, over breaks of the network. */
export class SipLine {
  readonly #options: SipLineOptions;
  readonly #agent: UserAgent;
  #registration: Registration | undefined;
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
    addEventListener('online', this.#now);
    void this.#connect();
  }

  /** New credentials, before the old ones run out. */
  renew({ username, password }: SipGrant): void {
    Object.assign(this.#agent.configuration, {
      authorizationUsername: username,
      authorizationPassword: password,
    });
    this.#registration?.register();
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

  /** Another network than before: what seems to be connected may be so no more, and is asked. */
  readonly #now = (): void => {
    this.#tries = 0;
    if (this.#agent.isConnected()) this.#registration?.register();
    else void this.#connect();
  };

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    if (this.#stopped) return;
    try {
      const first = !this.#started;
      this.#started = true;
      await (first ? this.#agent.start() : this.#agent.reconnect());
    } catch {
      this.#later();
      return;
    }
    this.#registration ??= new Registration(this.#agent, (news) => this.#onRegistration(news));
    this.#registration.register();
  }

  #onRegistration(news: RegistrationNews): void {
    this.#options.listen({ kind: 'registered', on: news === 'accepted' });
    if (news === 'accepted') this.#tries = 0;
    if (news === 'refused') this.#later();
    if (news === 'unanswered') this.#leaveConnection();
  }

  /** It would not say for minutes that it is dead; whether its closing ends does not matter. */
  #leaveConnection(): void {
    this.#giveUp();
    void this.#agent.transport.disconnect().catch(ignoreDeadLine);
    void this.#connect();
  }

  #giveUp(): void {
    this.#registration?.giveUp();
    this.#registration = undefined;
  }

  #later(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    const ms = RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)];
    this.#tries += 1;
    this.#retry = setTimeout(() => {
      if (this.#agent.isConnected()) this.#registration?.register();
      else void this.#connect();
    }, ms);
  }

  #onDisconnect(error: Error | undefined): void {
    if (this.#stopped || error === undefined) return;
    this.#giveUp();
    this.#options.listen({ kind: 'registered', on: false });
    this.#later();
  }

  #onInvite(invitation: Invitation): void {
    this.#options.listen({ kind: 'incoming', call: new SipCall(invitation) });
  }
}

/** It goes on this side whatever becomes of the last message. */
function ignoreDeadLine(): void {}
