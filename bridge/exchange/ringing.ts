import { randomUUID } from 'node:crypto';
import { formatIdentity } from '../../protocol/call/identity.ts';
import type { CallIdentity, LineCall } from '../../protocol/call/identity.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';
import { succeeded } from '../addressed.ts';
import { endEarly, isTooEarly } from '../early-end.ts';
import type { FreeSwitchNode } from '../node.ts';
import { originateLine } from '../to-esl-rooms.ts';
import type { Cause } from '../to-esl.ts';

type Leg = ParticipantId;

/** How somebody is named to those they are connected with. */
export interface Shown {
  readonly name: string;
  readonly number: string;
}

export interface RingingOptions {
  readonly node: FreeSwitchNode;
  readonly identityKey: Uint8Array;
  /** The gateway's SIP side as FreeSWITCH reaches it; without it nobody is called. */
  readonly gateway?: { readonly host: string; readonly port: number };
  readonly now: () => number;
  /** A leg of ours that FreeSWITCH did not call. */
  readonly failed: (leg: Leg, cause: string) => void;
}

/** The gateway takes an order only so long after we vouched for it. */
const GOOD_MS = 90_000;
const STRANGER: Shown = { name: 'Partyline', number: '' };

/** Has phones rung, ends legs, and knows who each leg is. */
export class Ringing {
  readonly #options: RingingOptions;
  /** Who calls and who is called, for those who are connected with them later. */
  readonly #identities = new Map<Leg, CallIdentity>();
  /** Legs of ours that are to end, and that FreeSWITCH had not begun. */
  readonly #givenUp = new Map<Leg, Cause>();

  constructor(options: RingingOptions) {
    this.#options = options;
  }

  /** A caller's leg is there. */
  came(leg: Leg, identity: CallIdentity): void {
    this.#identities.set(leg, identity);
  }

  /** How a leg's person is named to the others. */
  shown(leg: Leg | undefined): Shown {
    const identity = leg && this.#identities.get(leg);
    if (identity === undefined) return STRANGER;
    const { destination, name, number } = identity;
    if (destination.kind === 'ring') return destination.called ?? STRANGER;
    return { name, number };
  }

  /** An account's phones and its browsers speak different media, so each get a call. */
  call(wanted: LineCall, by: Shown): readonly Leg[] {
    const kinds = wanted.to.kind === 'account' ? [false, true] : [false];
    return kinds.map((browsers) => {
      const leg = randomUUID() as Leg;
      const identity = identityOf(wanted, by, { browsers, untilMs: this.#options.now() + GOOD_MS });
      this.#identities.set(leg, identity);
      void this.#originate(leg, identity, browsers);
      return leg;
    });
  }

  /** Ends a leg, also one that FreeSWITCH has not begun yet. */
  async end(leg: Leg, cause: Cause = 'NORMAL_CLEARING'): Promise<void> {
    const isUp = (): boolean => this.#identities.has(leg);
    const reply = await endEarly(this.#options.node, { leg, cause, isUp });
    if (isTooEarly(reply) && isUp()) this.#givenUp.set(leg, cause);
  }

  /** FreeSWITCH tells of a leg: one that was to end before it began ends now. */
  lives(leg: Leg): void {
    const cause = this.#givenUp.get(leg);
    if (cause !== undefined && this.#givenUp.delete(leg)) void this.end(leg, cause);
  }

  forget(leg: Leg): void {
    this.#identities.delete(leg);
    this.#givenUp.delete(leg);
  }

  clear(): void {
    this.#identities.clear();
    this.#givenUp.clear();
  }

  /** The job ends when the call does, long after we stop waiting for it; its failing comes at once. */
  async #originate(leg: Leg, who: CallIdentity, browser: boolean): Promise<void> {
    const { node, gateway, identityKey, failed } = this.#options;
    // What FreeSWITCH says of a call comes after the call is known.
    await Promise.resolve();
    if (gateway === undefined) return failed(leg, 'NORMAL_TEMPORARY_FAILURE');
    const identity = formatIdentity(who, identityKey);
    const reply = await node.list(originateLine({ leg, gateway, identity, standing: {}, browser }));
    if (succeeded(reply)) return;
    // Taken, and answered late: its events tell.
    if (reply.kind === 'unanswered' && reply.why !== 'closed') return;
    const cause = reply.kind === 'answered' ? /^-ERR (\S+)/.exec(reply.text)?.[1] : undefined;
    failed(leg, cause ?? 'NORMAL_TEMPORARY_FAILURE');
  }
}

function identityOf(
  { to, called, booking, maxMs }: LineCall,
  { name, number }: Shown,
  order: { readonly browsers: boolean; readonly untilMs: number },
): CallIdentity {
  const destination: CallIdentity['destination'] = {
    ...{ kind: 'ring', to, ...order },
    ...(called && { called }),
    ...(booking !== undefined && { booking }),
    ...(maxMs !== undefined && { maxMs }),
  };
  return { destination, via: 'phone', name, number, source: '' };
}
