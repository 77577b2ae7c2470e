import type { LineCall } from '../protocol/call/identity.ts';
import type { CalledAccount, Directory, LineCaller } from './directory.ts';
import { newLeg } from './new-leg.ts';
import { Bookings } from './outbound/bookings.ts';
import { isOutside } from './route.ts';

interface LineCallsParts {
  readonly directory: Directory;
  readonly random: (bytes: number) => Uint8Array;
  /** A call's end could not be kept. */
  readonly failed: (error: unknown) => void;
}

export function toAccount({ username, name, number }: CalledAccount): LineCall {
  return { to: { kind: 'account', username }, called: { name, number } };
}

/** Calls without a meeting, from somebody registered: to one person's phones, or a number outside. */
export class LineCalls {
  readonly #parts: LineCallsParts;
  readonly bookings: Bookings;

  constructor(parts: LineCallsParts) {
    this.#parts = parts;
    this.bookings = new Bookings((booking) => {
      parts.directory.callOver?.(booking).catch(parts.failed);
    });
  }

  /** Booked, where it is allowed; else the SIP status that says why not. */
  async toNumber(number: string, by: LineCaller): Promise<LineCall | number> {
    const { directory, random } = this.#parts;
    const booking = `line-${newLeg(random)}`;
    const plan = await directory.planNumber?.(booking, number, by);
    if (plan === undefined) return 404;
    if (plan.kind === 'refused') return plan.status;
    const { to, maxMs } = plan;
    return { to, booking, ...(maxMs === undefined ? {} : { maxMs }) };
  }

  /** What a phone that transfers dialled: accounts and numbers, no meetings. */
  async resolve(user: string, by: LineCaller): Promise<LineCall | number> {
    if (isOutside(user)) return this.toNumber(user, by);
    const dialled = await this.#parts.directory.dialledAccount?.(user);
    return dialled === undefined ? 404 : toAccount(dialled);
  }
}
