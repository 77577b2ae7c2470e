import type { CallIdentity, Destination } from '../protocol/call/identity.ts';
import { formatIdentity, IDENTITY_HEADER, parseIdentity } from '../protocol/call/identity.ts';
import type { Log } from '../protocol/log.ts';
import { parseAddress } from '../protocol/sip/address.ts';
import type { DigestAlgorithm } from '../protocol/sip/digest.ts';
import { SipProtocolError } from '../protocol/sip/errors.ts';
import type { SipRequest } from '../protocol/sip/message.ts';
import { header, headerValues } from '../protocol/sip/message.ts';
import { parseUri } from '../protocol/sip/uri.ts';
import { Attempts } from './attempts.ts';
import type { Guard } from './authenticate.ts';
import { challengeHeaders, fromUser, newNonce, whoCalls } from './authenticate.ts';
import type { Directory } from './directory.ts';
import type { DrachtioState } from './drachtio.ts';
import { Drachtio } from './drachtio.ts';
import type { JoinParts } from './join.ts';
import { Join } from './join.ts';
import type { Journal } from './journal.ts';
import { NO_JOURNAL } from './journal.ts';
import type { Incoming, IncomingCall } from './leg.ts';
import { NonceUses } from './nonces.ts';
import { Pace } from './pace.ts';
import { answerRegister } from './registration.ts';
import { ALLOW, refuseMethod, SDP_TYPE } from './relay.ts';
import type { Caller, Refusal, Route } from './route.ts';
import { refusalAtDoor, route, unavailable } from './route.ts';
import { agreeSession, MIN_SESSION_S } from './session-timer.ts';
import type { SwitchAddress, SwitchStatus } from './switches.ts';
import { PING_EVERY_MS, Switches, switchUri } from './switches.ts';
import { tryCall, watched } from './trial-call.ts';

export interface GatewayOptions {
  readonly drachtio: { readonly host: string; readonly port: number; readonly secret: string };
  readonly switches: readonly SwitchAddress[];
  readonly directory: Directory;
  /** Signs what the gateway vouches for towards the bridge. */
  readonly identityKey: Uint8Array;
  /** Digest realm; the directory's HA1s are for it. */
  readonly realm: string;
  /** What phones are challenged with, the most wanted first. */
  readonly digests: readonly DigestAlgorithm[];
  /** Wall clock in milliseconds. */
  readonly now: () => number;
  /** So many unguessable bytes. */
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
  /** How often each switch is asked whether it lives; three misses take it down. 5 s when absent. */
  readonly pingEveryMs?: number;
  /**
   * The switches have access lists: each is asked with a call that goes nowhere whether ours lets us
   * in. mod_sofia refuses a call without an offer before it reaches the dialplan.
   */
  readonly tryCalls?: boolean;
  /** Keeps our dialogs, so that a gateway started after our death ends what we could not. */
  readonly journal?: Journal;
  /** A switch missed three pings; its calls have been ended. */
  readonly onSwitchDown?: (node: SwitchAddress) => void;
}

export interface GatewayStatus {
  readonly drachtio: DrachtioState;
  /** One English sentence when drachtio is not joined: what is wrong and what to do. */
  readonly drachtioTrouble?: string;
  readonly accepting: boolean;
  readonly calls: number;
  readonly switches: readonly SwitchStatus[];
}

export interface Gateway {
  status(): GatewayStatus;
  /** New calls get 503 from now on; resolves when the last call has ended. */
  shutdown(): Promise<void>;
  /** Ends the calls at a switch that is known to have lost them. */
  endCallsAt(node: SwitchAddress): void;
  /** Ends the calls of a browser whose connection, as drachtio saw it come, is known to be lost. */
  endCallsFrom(line: { readonly address: string; readonly port: number }): void;
  /** Ends every call and leaves drachtio. */
  stop(): Promise<void>;
}

/** Option tags of Require that we understand. */
const EXTENSIONS = ['timer', '100rel'];
const NONCE_SALT_BYTES = 8;
const RETRY_WHEN_TOO_FAST_S = 5;

/** Starts the gateway; it joins drachtio as soon as that is there, and again whenever it was lost. */
export function startGateway(options: GatewayOptions): Gateway {
  return new PhoneGateway(options);
}

/** Hears calls and registrations, asks route(), carries out the answer. */
class PhoneGateway implements Gateway {
  readonly #options: GatewayOptions;
  readonly #guard: Guard;
  readonly #drachtio: Drachtio;
  readonly #switches: Switches;
  readonly #joins = new Map<Join, SwitchAddress>();
  readonly #pace = new Pace();
  #accepting = true;
  #onIdle: () => void = () => undefined;

  constructor(options: GatewayOptions) {
    this.#options = options;
    const { directory, realm, digests, now, random, log } = options;
    const nonceKey = random(32);
    const uses = new NonceUses();
    this.#guard = { realm, digests, nonceKey, directory, uses, attempts: new Attempts(), now };
    const chance = () => (random(1)[0] ?? 0) / 256;
    this.#drachtio = new Drachtio(
      { ...options.drachtio, random: chance, log, journal: options.journal ?? NO_JOURNAL },
      {
        onCall: (call) => this.#carefully(call, this.#onCall(call)),
        onRequest: (incoming) => this.#carefully(incoming, this.#onRequest(incoming)),
        onFault: (error) => log('error', 'message failed', { why: reasonOf(error) }),
      },
    );
    const dial: JoinParts['dial'] = (uri, content, listener) =>
      this.#drachtio.call(uri, content, listener);
    this.#switches = new Switches(options.switches, {
      ping: (uri, done) => this.#drachtio.request(uri, 'OPTIONS', {}, done),
      ...(options.tryCalls === true ? { tryCall: (uri, done) => tryCall(dial, uri, done) } : {}),
      onDown: (node) => this.#onSwitchDown(node),
      everyMs: options.pingEveryMs ?? PING_EVERY_MS,
      canPing: () => this.#drachtio.state === 'joined',
      log,
    });
  }

  status(): GatewayStatus {
    const { state, trouble } = this.#drachtio;
    return {
      drachtio: state,
      ...(trouble === undefined ? {} : { drachtioTrouble: trouble }),
      accepting: this.#accepting,
      calls: this.#joins.size,
      switches: this.#switches.status(),
    };
  }

  shutdown(): Promise<void> {
    this.#accepting = false;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      if (this.#joins.size === 0) resolve();
    });
  }

  async stop(): Promise<void> {
    this.#accepting = false;
    this.#switches.stop();
    for (const join of [...this.#joins.keys()]) join.end();
    await this.#drachtio.stop();
  }

  /** A fault of ours, or of the directory's, must cost one call and not the others. */
  #carefully(incoming: Incoming, work: Promise<void>): void {
    work.catch((error: unknown) => {
      const { method } = incoming.request;
      this.#options.log('error', 'request failed', { method, why: reasonOf(error) });
      incoming.respond(500);
    });
  }

  async #onRequest(incoming: Incoming): Promise<void> {
    switch (incoming.request.method) {
      case 'REGISTER':
        return answerRegister(incoming, this.#guard, this.#options.random(NONCE_SALT_BYTES));
      case 'OPTIONS':
        return answerOptions(incoming);
      case 'INFO':
        return incoming.respond(481);
      default:
        return refuseMethod(incoming);
    }
  }

  async #onCall(call: IncomingCall): Promise<void> {
    const { request, source } = call;
    if (!this.#pace.takes(source.address, this.#options.now())) {
      return this.#refuse(call, unavailable(RETRY_WHEN_TOO_FAST_S));
    }
    const refusal = this.#refusalAtDoor(request);
    if (refusal) return this.#refuse(call, refusal);
    if (!isTakeable(call)) return;
    const who = await whoCalls(request, source, this.#guard);
    if (call.cancelled) return;
    if (who.kind === 'challenge') return this.#challenge(call, who.stale);
    if (who.kind === 'refuse') return call.respond(who.status);
    const user = dialledUser(request);
    const dialled = await this.#options.directory.dialled(user, source.address);
    if (!call.cancelled) this.#carryOut(call, who, route(who, dialled, user));
  }

  #refusalAtDoor(request: SipRequest): Refusal | undefined {
    const vouched = header(request, IDENTITY_HEADER) ?? '';
    const call = {
      maxForwards: maxForwards(request),
      // Only we sign so: our own call has come back to us.
      looped: parseIdentity(vouched, this.#options.identityKey) !== undefined,
    };
    const switchUp = this.#switches.anyUp() && this.#drachtio.state === 'joined';
    return refusalAtDoor(call, { accepting: this.#accepting, switchUp });
  }

  #refuse(call: Incoming, { status, retryAfterS }: Refusal): void {
    const headers =
      retryAfterS === undefined ? [] : [{ name: 'Retry-After', value: `${retryAfterS}` }];
    call.respond(status, { headers });
  }

  #challenge(call: IncomingCall, stale: boolean): void {
    const nonce = newNonce(this.#guard, call.source, this.#options.random(NONCE_SALT_BYTES));
    const headers = challengeHeaders('Proxy-Authenticate', { nonce, stale }, this.#guard);
    call.respond(407, { headers });
  }

  #carryOut(call: IncomingCall, caller: Caller, decided: Route): void {
    switch (decided.kind) {
      case 'refuse':
        return this.#refuse(call, decided);
      case 'to-meeting': {
        const { room, role, person } = decided;
        const identity = identify(call, caller, { kind: 'meeting', room, role });
        return this.#join(call, room, person ? { ...identity, ...asPerson(person) } : identity);
      }
      case 'to-reception': {
        const { dialled } = decided;
        return this.#join(
          call,
          'reception',
          identify(call, caller, { kind: 'reception', dialled }),
        );
      }
    }
  }

  #join(call: IncomingCall, user: string, identity: CallIdentity): void {
    const node = this.#switches.pick(user);
    const session = agreeSession(call.request);
    if (!node) return this.#refuse(call, unavailable(10));
    if (session.kind === 'too-small') {
      const headers = [{ name: 'Min-SE', value: `${MIN_SESSION_S}` }];
      return call.respond(422, { headers });
    }
    const value = formatIdentity(identity, this.#options.identityKey);
    const join = new Join({
      call,
      session,
      target: switchUri(user, node),
      headers: [{ name: IDENTITY_HEADER, value }],
      dial: (uri, content, listener) =>
        this.#drachtio.call(
          uri,
          content,
          watched(listener, (answer) => this.#switches.onCallAnswered(node, answer)),
        ),
      askSwitch: (done) => this.#switches.ask(node, done),
      onEnd: () => this.#onEnd(join),
    });
    this.#joins.set(join, node);
    join.start();
  }

  #onEnd(join: Join): void {
    this.#joins.delete(join);
    if (!this.#accepting && this.#joins.size === 0) this.#onIdle();
  }

  endCallsAt({ host, port }: SwitchAddress): void {
    for (const [join, at] of [...this.#joins]) if (at.host === host && at.port === port) join.end();
  }

  endCallsFrom({ address, port }: { readonly address: string; readonly port: number }): void {
    for (const join of [...this.#joins.keys()]) {
      const { source } = join;
      const isFrom = source.address === address && source.port === port;
      if (source.transport === 'ws' && isFrom) join.end();
    }
  }

  #onSwitchDown(node: SwitchAddress): void {
    this.endCallsAt(node);
    this.#options.onSwitchDown?.(node);
  }
}

/** Where it went wrong; the message alone would not lead there. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A personal code says whose call it is. */
function asPerson({ id, name }: { readonly id: string; readonly name: string }) {
  return { personId: id, name };
}

/** Answers what no user or directory is needed for: false where the call is answered with it. */
function isTakeable(call: IncomingCall): boolean {
  const { request } = call;
  const unknown = headerValues(request, 'Require').filter((tag) => !EXTENSIONS.includes(tag));
  if (unknown.length > 0) {
    call.respond(420, { headers: unknown.map((value) => ({ name: 'Unsupported', value })) });
    return false;
  }
  // drachtio-server lets it pass, and then has nowhere to send to.
  if (header(request, 'Contact') === undefined) {
    call.respond(400, { reason: 'Missing Contact' });
    return false;
  }
  const type = (header(request, 'Content-Type') ?? SDP_TYPE).split(';')[0] ?? '';
  if (request.body !== '' && type.trim().toLowerCase() !== SDP_TYPE) {
    call.respond(415, { headers: [{ name: 'Accept', value: SDP_TYPE }] });
    return false;
  }
  return true;
}

function answerOptions(incoming: Incoming): void {
  incoming.respond(200, {
    headers: [
      { name: 'Allow', value: `${ALLOW}, REGISTER` },
      { name: 'Accept', value: SDP_TYPE },
      { name: 'Supported', value: EXTENSIONS.join(', ') },
    ],
  });
}

function maxForwards(request: SipRequest): number {
  const text = header(request, 'Max-Forwards') ?? '';
  return /^\d{1,3}$/.test(text) ? Number(text) : 70;
}

function dialledUser(request: SipRequest): string {
  try {
    return parseUri(request.uri).user ?? '';
  } catch (error) {
    // tel: and others name nothing here.
    if (error instanceof SipProtocolError) return '';
    throw error;
  }
}

/** What we vouch for. Of the caller's own words only the display name and number go on, as such. */
function identify(call: IncomingCall, caller: Caller, destination: Destination): CallIdentity {
  const common = { destination, source: call.source.address } as const;
  switch (caller.kind) {
    case 'browser': {
      const { name, personId } = caller.credential;
      const person = personId === undefined ? {} : { personId };
      return { ...common, via: 'browser', name, number: '', ...person };
    }
    case 'account': {
      const { name, username } = caller.account;
      return { ...common, via: 'phone', name, number: username, account: username };
    }
    case 'anonymous': {
      const { displayName } = parseAddress(header(call.request, 'From') ?? '');
      const number = fromUser(call.request);
      return { ...common, via: 'phone', name: displayName || number || 'Caller', number };
    }
  }
}
