import type { CallIdentity, LineCall } from '../protocol/call/identity.ts';
import type { Transfer } from '../protocol/call/transfer.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { Join } from './join.ts';
import type { LineCaller } from './directory.ts';
import type { Joined, Joins } from './joins.ts';
import type { Incoming, Leg } from './leg.ts';
import { readReferral, referNews } from './refer.ts';
import type { Referral } from './refer.ts';

export interface TransfersParts {
  readonly joins: () => Joins;
  /** What somebody registered dialled, if it may be called. */
  readonly resolve: (user: string, by: LineCaller) => Promise<LineCall | number>;
  /** Absent where nobody carries them out. */
  readonly transfer: Transfer | undefined;
  /** The call that a transfer would have made is not made. */
  readonly abandoned: (call: LineCall) => void;
  readonly failed: (error: unknown) => void;
}

const ACCEPTED = 202;

/** Answers REFER in calls between registered people; those in meetings and from outside get 603. */
export class Transfers {
  readonly #parts: TransfersParts;

  constructor(parts: TransfersParts) {
    this.#parts = parts;
  }

  /** `leg` is the dialog that it came in. */
  refer(join: Join, incoming: Incoming, leg: Leg): void {
    const joined = this.#parts.joins().get(join);
    const referral = readReferral(incoming.request);
    if (referral.kind === 'malformed') return incoming.respond(400);
    const account = joined && ownerOf(joined.identity);
    if (joined?.leg === undefined || account === undefined) return incoming.respond(603);
    incoming.respond(ACCEPTED);
    notify(leg, 100);
    this.#carryOut(joined, referral, { account, source: joined.identity.source }).then(
      (status) => notify(leg, status),
      (error: unknown) => {
        notify(leg, 500);
        this.#parts.failed(error);
      },
    );
  }

  async #carryOut(
    joined: Joined,
    referral: Exclude<Referral, { kind: 'malformed' }>,
    by: LineCaller,
  ): Promise<number> {
    const { transfer, resolve, abandoned } = this.#parts;
    const { leg } = joined;
    if (leg === undefined || transfer === undefined) return 503;
    if (referral.kind === 'attended') {
      const other = this.#ownCall(joined, referral.callId);
      return other === undefined ? 481 : transfer({ leg, with: other });
    }
    const to = await resolve(referral.user, by);
    if (typeof to === 'number') return to;
    let status = 500;
    try {
      status = await transfer({ leg, to });
    } finally {
      if (status !== 200) abandoned(to);
    }
    return status;
  }

  /** Nobody joins calls that are not theirs. */
  #ownCall({ identity, join }: Joined, callId: string): ParticipantId | undefined {
    const owner = ownerOf(identity);
    const calls = this.#parts.joins().all;
    return calls.find(
      (each) =>
        each.join !== join &&
        each.join.personsCallId === callId &&
        ownerOf(each.identity) === owner,
    )?.leg;
  }
}

/** The account whose phone is in a call without a meeting. */
export function ownerOf({ destination, account }: CallIdentity): string | undefined {
  if (destination.kind === 'call') return account;
  if (destination.kind !== 'ring') return undefined;
  return destination.to.kind === 'account' ? destination.to.username : undefined;
}

/** A phone that hung up meanwhile needs no news. */
function notify(leg: Leg, status: number): void {
  leg.request('NOTIFY', referNews(status), () => undefined);
}
