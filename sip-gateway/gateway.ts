import { IDENTITY_HEADER, parseIdentity } from '../protocol/call/identity.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { DigestAlgorithm } from '../protocol/sip/digest.ts';
import { header } from '../protocol/sip/message.ts';
import { answerOptions } from './answers.ts';
import { Attempts } from './attempts.ts';
import type { Guard } from './authenticate.ts';
import { CallsIn } from './calls-in.ts';
import { CallsOut } from './calls-out.ts';
import type { Directory } from './directory.ts';
import type { DrachtioState } from './drachtio.ts';
import { Drachtio } from './drachtio.ts';
import { Joins } from './joins.ts';
import type { Journal } from './journal.ts';
import { NO_JOURNAL } from './journal.ts';
import type { Attempt, AttemptListener, Content, Incoming, IncomingCall } from './leg.ts';
import type { MoverParts } from './mover.ts';
import { Mover } from './mover.ts';
import { NonceUses } from './nonces.ts';
import { switchesAt } from './outbound/switch-addresses.ts';
import type { Placement } from './placement.ts';
import { LineCalls } from './line-calls.ts';
import { Registrations } from './registration.ts';
import { Transfers } from './transfers.ts';
import type { Transfer } from '../protocol/call/transfer.ts';
import { refuseMethod } from './relay.ts';
import type { SwitchAddress, SwitchStatus } from './switches.ts';
import { PING_EVERY_MS, Switches } from './switches.ts';
import { tryCall } from './trial-call.ts';
import type { TrunkTest } from '../protocol/call/trunk.ts';
import type { TrunkStatus } from './trunks/lines.ts';
import { TrunkLines } from './trunks/lines.ts';

export interface GatewayOptions {
  readonly drachtio: { readonly host: string; readonly port: number; readonly secret: string };
  readonly switches: readonly SwitchAddress[];
  readonly directory: Directory;
  /** Signs what the gateway vouches for towards the bridge, and the bridge's calls out. */
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
  /** Where there are several switches: which one a call belongs to. Absent: rooms are spread by their hash. */
  readonly placement?: Placement;
  /** Carries out what REFER asks for; absent: transfers get 503. */
  readonly transfer?: Transfer;
  /** A call ended on its way from one switch to another. */
  readonly onGoneOnTheWay?: (leg: ParticipantId) => void;
  /** A switch missed three pings; its calls have been ended, unless there is a `placement`. */
  readonly onSwitchDown?: (node: SwitchAddress) => void;
}

export interface GatewayStatus {
  readonly drachtio: DrachtioState;
  /** One English sentence when drachtio is not joined: what is wrong and what to do. */
  readonly drachtioTrouble?: string;
  readonly accepting: boolean;
  readonly calls: number;
  readonly switches: readonly SwitchStatus[];
  readonly trunks: readonly TrunkStatus[];
}

export interface Gateway {
  status(): GatewayStatus;
  /** Asks a trunk's server now whether it is there; `undefined` where no trunk has that name. */
  testTrunk(name: string): Promise<TrunkTest | undefined>;
  /** New calls get 503 from now on; resolves when the last call has ended. */
  shutdown(): Promise<void>;
  /** Ends the calls at a switch that is known to have lost them. */
  endCallsAt(node: SwitchAddress): void;
  /** As `endCallsAt`, but where calls can be placed elsewhere they go on there. */
  moveCallsFrom(node: SwitchAddress): void;
  /** The bridge lost a switch: it is asked at once whether it still takes calls. */
  suspect(node: SwitchAddress): void;
  /** Ends the calls of a browser whose connection, as drachtio saw it come, is known to be lost. */
  endCallsFrom(line: { readonly address: string; readonly port: number }): void;
  /** Ends every call and leaves drachtio. */
  stop(): Promise<void>;
}

const NONCE_SALT_BYTES = 8;

/** Starts the gateway; it joins drachtio as soon as that is there, and again whenever it was lost. */
export function startGateway(options: GatewayOptions): Gateway {
  return new PhoneGateway(options);
}

/** Hears calls and registrations and hands each to who knows what to do. */
class PhoneGateway implements Gateway {
  readonly #options: GatewayOptions;
  readonly #guard: Guard;
  readonly #drachtio: Drachtio;
  readonly #switches: Switches;
  readonly #joins: Joins;
  readonly #registrations: Registrations;
  readonly #mover: Mover | undefined;
  readonly #lines: TrunkLines;
  readonly #in: CallsIn;
  readonly #out: CallsOut;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#guard = newGuard(options);
    this.#registrations = new Registrations(this.#guard);
    this.#drachtio = this.#openDrachtio(options);
    this.#switches = this.#watchSwitches(options);
    const { directory, identityKey, random, now, log, switches } = options;
    const isJoined = () => this.#isJoined();
    const dial = (uri: string, content: Content, listener: AttemptListener): Attempt =>
      this.#drachtio.call(uri, content, listener);
    this.#lines = new TrunkLines({
      ...{ directory, key: identityKey, random, log, isJoined },
      request: (uri, method, content, done) => this.#drachtio.request(uri, method, content, done),
    });
    const { placement } = options;
    this.#mover = placement && this.#openMover(placement, dial);
    const { onGoneOnTheWay } = options;
    this.#joins = new Joins(
      this.#mover && ((call, bye) => this.#mover?.goesOn(call, bye) === true),
      onGoneOnTheWay,
    );
    const lineCalls = this.#openLine(options);
    const { bookings } = lineCalls;
    const shared = { directory, joins: this.#joins, isJoined, random, dial };
    this.#in = new CallsIn({
      ...shared,
      lineCalls,
      guard: this.#guard,
      identityKey,
      switches: this.#switches,
      placement,
      mover: this.#mover,
      flows: () => this.#lines.flows(),
    });
    this.#out = new CallsOut({
      ...shared,
      bookings,
      isSwitch: switchesAt(switches),
      switches,
      now,
      log,
    });
  }

  status(): GatewayStatus {
    const { state, trouble } = this.#drachtio;
    return {
      drachtio: state,
      ...(trouble === undefined ? {} : { drachtioTrouble: trouble }),
      accepting: this.#joins.accepting,
      calls: this.#joins.size,
      switches: this.#switches.status(),
      trunks: this.#lines.status(),
    };
  }

  testTrunk(name: string): Promise<TrunkTest | undefined> {
    return this.#lines.test(name);
  }

  shutdown(): Promise<void> {
    return this.#joins.runOut();
  }

  async stop(): Promise<void> {
    this.#switches.stop();
    this.#joins.endAll();
    await this.#lines.stop();
    await this.#drachtio.stop();
  }

  endCallsAt(node: SwitchAddress): void {
    this.#joins.endAt(node);
  }

  moveCallsFrom(node: SwitchAddress): void {
    if (this.#mover) this.#mover.moveFrom(node);
    else this.endCallsAt(node);
  }

  suspect(node: SwitchAddress): void {
    this.#switches.suspect(node);
  }

  endCallsFrom(line: { readonly address: string; readonly port: number }): void {
    this.#joins.endFrom(line);
    this.#registrations.lost(line).catch((error: unknown) => this.#failed(error));
  }

  #openDrachtio({ drachtio, random, log, journal = NO_JOURNAL }: GatewayOptions): Drachtio {
    const chance = () => (random(1)[0] ?? 0) / 256;
    return new Drachtio(
      { ...drachtio, random: chance, log, journal },
      {
        onJoined: () => this.#lines.joined(),
        onCall: (call) => this.#carefully(call, this.#onCall(call)),
        onRequest: (incoming) => this.#carefully(incoming, this.#onRequest(incoming)),
        onFault: (error) => log('error', 'message failed', { why: reasonOf(error) }),
      },
    );
  }

  /** Calls between registered people, and their transfers. */
  #openLine({ directory, random, transfer }: GatewayOptions): LineCalls {
    const failed = (error: unknown): void => this.#failed(error);
    const lineCalls = new LineCalls({ directory, random, failed });
    const transfers = new Transfers({
      joins: () => this.#joins,
      resolve: (user, by) => lineCalls.resolve(user, by),
      transfer,
      abandoned: ({ booking }) => lineCalls.bookings.abandoned(booking),
      failed,
    });
    this.#joins.onRefer = (join, incoming, leg) => transfers.refer(join, incoming, leg);
    return lineCalls;
  }

  #failed(error: unknown): void {
    this.#options.log('error', 'a call of the line failed', { why: reasonOf(error) });
  }

  #openMover(placement: Placement, dial: MoverParts['dial']): Mover {
    const { identityKey, log } = this.#options;
    const parts = { joins: () => this.#joins, switches: () => this.#switches };
    return new Mover({ placement, identityKey, log, dial, ...parts });
  }

  #watchSwitches(options: GatewayOptions): Switches {
    const { switches, pingEveryMs = PING_EVERY_MS, tryCalls = false, log } = options;
    const dial = (uri: string, content: Content, listener: AttemptListener): Attempt =>
      this.#drachtio.call(uri, content, listener);
    return new Switches(switches, {
      ping: (uri, done) => this.#drachtio.request(uri, 'OPTIONS', {}, done),
      ...(tryCalls ? { tryCall: (uri, done) => tryCall(dial, uri, done) } : {}),
      onDown: (node) => this.#onSwitchDown(node),
      everyMs: pingEveryMs,
      canPing: () => this.#isJoined(),
      log,
    });
  }

  #isJoined(): boolean {
    return this.#drachtio.state === 'joined';
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
        return this.#registrations.answer(incoming, this.#options.random(NONCE_SALT_BYTES));
      case 'OPTIONS':
        return answerOptions(incoming);
      case 'INFO':
        return incoming.respond(481);
      default:
        return refuseMethod(incoming);
    }
  }

  /** What bears our own signature is a call out, or one of ours that came back. */
  #onCall(call: IncomingCall): Promise<void> {
    const value = header(call.request, IDENTITY_HEADER) ?? '';
    const identity = parseIdentity(value, this.#options.identityKey);
    return identity ? this.#out.take(call, { identity, header: value }) : this.#in.take(call);
  }

  #onSwitchDown(node: SwitchAddress): void {
    if (this.#mover === undefined) this.endCallsAt(node);
    this.#options.onSwitchDown?.(node);
  }
}

function newGuard({ realm, digests, random, directory, now }: GatewayOptions): Guard {
  const nonceKey = random(32);
  const uses = new NonceUses();
  return { realm, digests, nonceKey, directory, uses, attempts: new Attempts(), now };
}

/** Where it went wrong; the message alone would not lead there. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
