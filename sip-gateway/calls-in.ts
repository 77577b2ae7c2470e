import type { CallIdentity, LineCall } from '../protocol/call/identity.ts';
import { formatIdentity, IDENTITY_HEADER } from '../protocol/call/identity.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import { isTakeable, maxForwards, refuse, sessionOf } from './answers.ts';
import type { Guard } from './authenticate.ts';
import { challengeHeaders, newNonce, whoCalls } from './authenticate.ts';
import { lookUp, pastReception, wantedBy } from './dialled.ts';
import type { Wanted } from './dialled.ts';
import type { Dialled, Directory } from './directory.ts';
import { callerFailure, refused } from './failure.ts';
import { identify } from './identify.ts';
import type { Joined, Joins } from './joins.ts';
import { toAccount } from './line-calls.ts';
import type { LineCalls } from './line-calls.ts';
import type { Mover } from './mover.ts';
import { roomOf } from './mover.ts';
import { newLeg } from './new-leg.ts';
import type { Placement } from './placement.ts';
import type { Attempt, AttemptListener, Content, IncomingCall } from './leg.ts';
import { Pace } from './pace.ts';
import type { Caller, Route } from './route.ts';
import { refusalAtDoor, route, unavailable } from './route.ts';
import { legHeader, switchCall } from './switch-call.ts';
import type { SessionTimer } from './session-timer.ts';
import type { SwitchAddress, Switches } from './switches.ts';
import { switchUri } from './switches.ts';
import { watched } from './trial-call.ts';
import type { TrunkFlow } from './trunks/arrival.ts';
import { dialledNumber, trunkOf } from './trunks/arrival.ts';
import { sourceOf, trunkCaller } from './trunks/caller.ts';

export interface CallsInParts {
  readonly guard: Guard;
  readonly directory: Directory;
  readonly identityKey: Uint8Array;
  readonly random: (bytes: number) => Uint8Array;
  readonly joins: Joins;
  readonly lineCalls: LineCalls;
  readonly switches: Switches;
  /** Where there are several switches; absent: rooms are spread over them by their hash. */
  readonly placement?: Placement | undefined;
  readonly mover?: Mover | undefined;
  /** Whether anything can be sent at all. */
  readonly isJoined: () => boolean;
  /** By what the trunks that we registered at call us. */
  readonly flows: () => readonly TrunkFlow[];
  readonly dial: (uri: string, content: Content, listener: AttemptListener) => Attempt;
}

const NONCE_SALT_BYTES = 8;
const RETRY_WHEN_TOO_FAST_S = 5;

/** Who called, and what against wrong codes of theirs count. */
interface Known {
  readonly caller: Caller;
  readonly source: string;
}

/** Where the second leg goes, and as what. */
interface Placed {
  readonly node: SwitchAddress;
  readonly session: SessionTimer;
  /** A leg that goes on elsewhere: its name. */
  readonly replaces: ParticipantId | undefined;
}

/** Calls from phones, trunks and browsers: asks who it is and what they dialled, does as route() says. */
export class CallsIn {
  readonly #parts: CallsInParts;
  readonly #pace = new Pace();

  constructor(parts: CallsInParts) {
    this.#parts = parts;
  }

  async take(call: IncomingCall): Promise<void> {
    const { guard, joins, switches, isJoined } = this.#parts;
    const { request, source } = call;
    if (!this.#pace.takes(source.address, guard.now())) {
      return refuse(call, unavailable(RETRY_WHEN_TOO_FAST_S));
    }
    const switchUp = switches.anyUp() && isJoined();
    const refusal = refusalAtDoor(
      { maxForwards: maxForwards(request) },
      { accepting: joins.accepting, switchUp },
    );
    if (refusal) return refuse(call, refusal);
    if (!isTakeable(call)) return;
    const wanted = wantedBy(request.uri);
    const known = await this.#whoIs(call, wanted);
    if (call.cancelled || !known) return;
    const { dialled, user } = await this.#dialled(call, wanted, known);
    if (!call.cancelled) await this.#carryOut(call, known, route(known.caller, dialled, user));
  }

  /** Undefined where the call is answered: with a challenge, or a refusal. */
  async #whoIs(call: IncomingCall, { user }: Wanted): Promise<Known | undefined> {
    const { guard, directory, flows } = this.#parts;
    const { request, source } = call;
    const trunks = (await directory.trunks?.()) ?? [];
    const trunk = trunkOf({ user, source }, trunks, flows());
    if (trunk) {
      const from = trunkCaller(request, trunk);
      const counted = sourceOf(from, trunk, source.address);
      return { caller: { kind: 'trunk', trunk, from }, source: counted };
    }
    const who = await whoCalls(request, source, guard);
    if (call.cancelled) return undefined;
    if (who.kind === 'challenge') this.#challenge(call, who.stale);
    else if (who.kind === 'refuse') call.respond(who.status);
    else return { caller: who, source: source.address };
    return undefined;
  }

  /** What was dialled, and the number to tell of it: trunks write it in many ways and places. */
  async #dialled(
    call: IncomingCall,
    wanted: Wanted,
    { caller, source }: Known,
  ): Promise<{ readonly dialled: Dialled; readonly user: string }> {
    const { directory, flows } = this.#parts;
    const called = { user: wanted.user, request: call.request };
    // No code begins with 0, and a wrong one would count against them.
    if (caller.kind === 'account' && /^0\d{6}/.test(wanted.user))
      return { dialled: { kind: 'unknown' }, user: wanted.user };
    const own = caller.kind === 'trunk' && dialledNumber(called, caller.trunk, flows());
    if (!own) return { dialled: await lookUp(directory, wanted, source), user: wanted.user };
    const reception: Dialled = { kind: 'reception', language: own.language };
    const dialled = await pastReception(directory, reception, wanted.pin, source);
    return { dialled, user: own.number };
  }

  #challenge(call: IncomingCall, stale: boolean): void {
    const { guard, random } = this.#parts;
    const nonce = newNonce(guard, call.source, random(NONCE_SALT_BYTES));
    const headers = challengeHeaders('Proxy-Authenticate', { nonce, stale }, guard);
    call.respond(407, { headers });
  }

  async #carryOut(call: IncomingCall, { caller, source }: Known, decided: Route): Promise<void> {
    const { request } = call;
    switch (decided.kind) {
      case 'refuse':
        return refuse(call, decided);
      case 'to-meeting': {
        const { room, role, by, person } = decided;
        const destination = { kind: 'meeting', room, role, ...(by && { by }) } as const;
        const identity = identify(caller, request, { destination, source });
        return this.#join(call, person ? asPerson(identity, person) : identity);
      }
      case 'to-reception': {
        const { dialled, language } = decided;
        const destination = { kind: 'reception', dialled } as const;
        const spoken = language === undefined ? {} : { language };
        const identity = identify(caller, request, { destination, source, ...spoken });
        return this.#join(call, identity);
      }
      case 'to-account': {
        return this.#joinLine(call, { caller, source }, toAccount(decided.account));
      }
      case 'to-number': {
        const { number, account } = decided;
        const planned = await this.#parts.lineCalls.toNumber(number, { account, source });
        if (typeof planned === 'number') return call.respond(planned);
        return this.#joinLine(call, { caller, source }, planned);
      }
      case 'to-echo': {
        const identity = identify(caller, request, { destination: { kind: 'echo' }, source });
        return this.#join(call, identity);
      }
    }
  }

  /** They are shown with what calls them back. */
  #joinLine(call: IncomingCall, { caller, source }: Known, wanted: LineCall): Promise<void> {
    const destination = { kind: 'call', ...wanted } as const;
    const identity = identify(caller, call.request, { destination, source });
    const extension = caller.kind === 'account' ? caller.account.extension : undefined;
    return this.#join(
      call,
      extension === undefined ? identity : { ...identity, number: extension },
    );
  }

  /** What is booked for a call that gets no second leg is given back. */
  async #join(call: IncomingCall, identity: CallIdentity): Promise<void> {
    let begun = false;
    try {
      begun = await this.#begin(call, identity);
    } finally {
      if (!begun) this.#overOf(identity).over?.();
    }
  }

  /** False where there is no second leg: the call was answered, or its caller is gone. */
  async #begin(call: IncomingCall, identity: CallIdentity): Promise<boolean> {
    const node = await this.#nodeFor(identity);
    if (call.cancelled) return false;
    if (!node) {
      refuse(call, unavailable(10));
      return false;
    }
    const session = sessionOf(call);
    if (!session) return false;
    const replaces = await this.#parts.mover?.claim(identity);
    if (call.cancelled) return false;
    this.#dial(call, identity, { node, session, replaces });
    return true;
  }

  #dial(call: IncomingCall, identity: CallIdentity, { node, session, replaces }: Placed): void {
    const { switches, joins, identityKey, dial, random } = this.#parts;
    const user = roomOf(identity) ?? 'reception';
    const leg = replaces ?? newLeg(random);
    const vouched = replaces === undefined ? identity : { ...identity, replaces };
    const headers = [
      { name: IDENTITY_HEADER, value: formatIdentity(vouched, identityKey) },
      legHeader(leg),
    ];
    const about = { node, leg, identity, ...this.#overOf(identity) };
    joins.begin(about, {
      call,
      session,
      dial: (offer, listener) =>
        dial(
          switchUri(user, node),
          switchCall(offer, headers),
          watched(listener, (answer) => switches.onCallAnswered(node, answer)),
        ),
      refusal: (response) => refused(callerFailure(response)),
      patience: { kind: 'switch', ask: (done) => switches.ask(node, done) },
      person: 'caller',
    });
  }

  #overOf({ destination }: CallIdentity): Pick<Joined, 'over'> {
    if (destination.kind !== 'call' || destination.booking === undefined) return {};
    const { booking } = destination;
    return { over: () => this.#parts.lineCalls.bookings.abandoned(booking) };
  }

  #nodeFor(identity: CallIdentity): Promise<SwitchAddress | undefined> {
    const { placement, switches } = this.#parts;
    const room = roomOf(identity);
    if (placement !== undefined) return placement.place(room);
    return Promise.resolve(switches.pick(room ?? 'reception'));
  }
}

/** A personal code says whose call it is, so it has a name. */
function asPerson(
  identity: CallIdentity,
  { id, name }: { readonly id: string; readonly name: string },
): CallIdentity {
  const entries = Object.entries(identity).filter(([field]) => field !== 'unnamed');
  return { ...(Object.fromEntries(entries) as unknown as CallIdentity), personId: id, name };
}
