import type { Log } from '../protocol/log.ts';
import { header } from '../protocol/sip/message.ts';
import { isTakeable, maxForwards, refuse, sessionOf, turnAway } from './answers.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { Directory } from './directory.ts';
import type { Refused } from './failure.ts';
import type { Joined, Joins } from './joins.ts';
import type { Attempt, AttemptListener, Content, IncomingCall } from './leg.ts';
import type { Callee } from './outbound/callees.ts';
import { numberBy, phonesOf, rungBy, shownCaller } from './outbound/callees.ts';
import type { Bookings } from './outbound/bookings.ts';
import { Forks } from './outbound/forks.ts';
import type { Dial } from './outbound/forks.ts';
import { calleeFailure, NO_TRUNK, NOT_REGISTERED } from './outbound/outcome.ts';
import { callPersistently } from './outbound/persistent-call.ts';
import type { IsSwitch } from './outbound/switch-addresses.ts';
import type { Order } from './outbound/voucher.ts';
import { judge, SpentOrders } from './outbound/voucher.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import { legNamed } from './new-leg.ts';
import { Pace } from './pace.ts';
import { ALLOW, contentType } from './relay.ts';
import { refusalAtDoor, unavailable } from './route.ts';
import type { SwitchAddress } from './switches.ts';

export interface CallsOutParts {
  readonly directory: Directory;
  readonly joins: Joins;
  readonly bookings: Bookings;
  readonly isSwitch: IsSwitch;
  /** The switches, to tell which of them a call belongs to. */
  readonly switches: readonly SwitchAddress[];
  readonly isJoined: () => boolean;
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
  readonly dial: (uri: string, content: Content, listener: AttemptListener) => Attempt;
}

/** FreeSWITCH gives up earlier; this ends the ringing where FreeSWITCH is gone. */
const RINGING_MS = 120_000;
/** Calls to one number or account at once, and one more each ten seconds: nobody's phone is harassed. */
const PACE = { burst: 5, perSecond: 0.1 };
const RETRY_S = 10;

/** An account's browsers are called beside its other phones. */
function paceKey({ destination }: Order): string {
  const { to } = destination;
  if (to.kind !== 'account') return to.number;
  const browsers = destination.kind === 'ring' && destination.browsers;
  return `${browsers ? 'browsers of' : 'account'} ${to.username}`;
}

/** Whom an order calls, or why nobody. */
type Callees =
  | { readonly kind: 'call'; readonly callees: readonly Callee[] }
  | { readonly kind: 'refuse'; readonly refusal: Refused };

/** Calls that a meeting makes: FreeSWITCH brings the bridge's signed order, and is joined to the called. */
export class CallsOut {
  readonly #parts: CallsOutParts;
  readonly #spent = new SpentOrders();
  readonly #pace = new Pace(PACE);

  constructor(parts: CallsOutParts) {
    this.#parts = parts;
  }

  /** A call whose header bears our signature. */
  async take(
    call: IncomingCall,
    vouched: { readonly identity: CallIdentity; readonly header: string },
  ): Promise<void> {
    const { isSwitch, now, log } = this.#parts;
    const { address } = call.source;
    const fromSwitch = await isSwitch(address);
    if (call.cancelled) return;
    const judged = judge(vouched, { isSwitch: fromSwitch }, this.#spent, now());
    if (judged.kind === 'refuse') {
      const isOrder = ['outbound', 'ring'].includes(vouched.identity.destination.kind);
      if (isOrder) log('warn', 'call out refused', { address, fromSwitch });
      return call.respond(judged.status);
    }
    await this.#carryOut(call, judged.order, vouched.header);
  }

  async #carryOut(call: IncomingCall, order: Order, voucher: string): Promise<void> {
    const { joins, isJoined, now } = this.#parts;
    const { to, untilMs } = order.destination;
    const readiness = { accepting: joins.accepting, switchUp: isJoined() };
    const refusal = refusalAtDoor({ maxForwards: maxForwards(call.request) }, readiness);
    if (refusal) return refuse(call, refusal);
    if (!isTakeable(call)) return;
    const session = sessionOf(call);
    if (!session) return;
    this.#spent.add(voucher, untilMs, now());
    const callee = paceKey(order);
    if (!this.#pace.takes(callee, now())) return refuse(call, unavailable(RETRY_S));
    const found = await this.#callees(order);
    if (call.cancelled) return;
    if (found.kind === 'refuse') return turnAway(call, found.refusal);
    const leg = legNamed(header(call.request, 'Call-ID'));
    joins.begin(
      { node: this.#nodeOf(call), leg, identity: order, ...this.#booked(order) },
      {
        call,
        session,
        dial: (offer, listener) =>
          new Forks(
            found.callees.map((each) => this.#dialOf(each, offer)),
            listener,
          ),
        refusal: (response) => calleeFailure(response, to.kind),
        patience: { kind: 'people', ms: RINGING_MS },
        person: 'callee',
      },
    );
  }

  /** A call to a number that somebody registered makes ends in time, and is counted until then. */
  #booked({ destination }: Order): Pick<Joined, 'maxMs' | 'over'> {
    if (destination.kind !== 'ring' || destination.booking === undefined) return {};
    const { bookings } = this.#parts;
    const { booking, maxMs } = destination;
    bookings.carry(booking);
    return { maxMs, over: () => bookings.ended(booking) };
  }

  async #callees(order: Order): Promise<Callees> {
    const { directory, now, log } = this.#parts;
    const { to } = order.destination;
    if (to.kind === 'account') {
      const bindings = await directory.bindings(to.username);
      const callees = phonesOf(bindings.filter(rungBy(order)), now(), shownCaller(order));
      if (callees.length > 0) return { kind: 'call', callees };
      return { kind: 'refuse', refusal: NOT_REGISTERED };
    }
    const trunks: readonly Trunk[] = (await directory.trunks?.()) ?? [];
    const trunk = trunks.find(({ name, outbound }) => outbound && name === to.trunk);
    if (trunk) return { kind: 'call', callees: [numberBy(trunk, to.number)] };
    log('warn', 'a call out names a trunk that makes none', { trunk: to.trunk });
    return { kind: 'refuse', refusal: NO_TRUNK };
  }

  #dialOf({ uri, towards, headers, login }: Callee, offer: string): Dial {
    const { dial, random } = this.#parts;
    const content: Content = {
      headers: [...headers, { name: 'Allow', value: ALLOW }, ...contentType(offer)],
      body: offer,
      ...(towards === undefined ? {} : { towards }),
    };
    const terms = { uri, ...(login === undefined ? {} : { login }) };
    const cnonce = () => Buffer.from(random(8)).toString('hex');
    return (listener) =>
      callPersistently(
        { dial: (all, heard) => dial(uri, all, heard), content, terms, cnonce },
        listener,
      );
  }

  /** The switch that calls, so that its calls end with it; with names for hosts the first will do. */
  #nodeOf({ source }: IncomingCall): SwitchAddress {
    const { switches } = this.#parts;
    const byHost = switches.filter(({ host }) => host === source.address);
    const node = byHost.find(({ port }) => port === source.port) ?? byHost[0] ?? switches[0];
    return node ?? { host: source.address, port: source.port };
  }
}
