import { isIPv4, isIPv6 } from 'node:net';
import type { Trunk, TrunkNumber } from '../../protocol/call/trunk.ts';

/** What may be changed later; `null` takes an optional thing away. The name stays. */
export interface TrunkChange {
  readonly server?: string | undefined;
  readonly transport?: Trunk['transport'] | undefined;
  readonly username?: string | null | undefined;
  readonly password?: string | null | undefined;
  readonly register?: boolean | undefined;
  readonly addresses?: readonly string[] | undefined;
  readonly numbers?: readonly TrunkNumber[] | undefined;
  readonly outbound?: boolean | undefined;
  readonly callerId?: string | null | undefined;
  readonly trustsCallerId?: boolean | undefined;
}

export type TrunkFault =
  /** It is to register, or has a password, and has no user name to do so. */
  | 'no-username'
  /** Nobody would be believed to call by it: neither addresses nor a registration. */
  | 'no-way-in'
  /** Another trunk has the number, or it is there twice. */
  | 'number-taken';

export function isTrunkName(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,31}$/.test(text);
}

/** `host:port`, the host a name, an IPv4 address, or an IPv6 address in brackets. */
export function isServer(text: string): boolean {
  const match = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([a-zA-Z0-9.-]{1,253})):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port < 1 || port > 65_535) return false;
  if (match[1] !== undefined) return isIPv6(match[1]);
  return /^(?!-)[a-zA-Z0-9-]{1,63}(\.[a-zA-Z0-9-]{1,63})*$/.test(match[2] ?? '');
}

/** RFC 4632 section 3.1, and its like for IPv6. All addresses at once (`/0`) would let anybody in. */
export function isCidr(text: string): boolean {
  const match = /^([0-9a-fA-F:.]{2,45})\/(\d{1,3})$/.exec(text);
  const [, address = '', bits = ''] = match ?? [];
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  return Number(bits) >= 1 && Number(bits) <= most;
}

/** The trunk after a change, with what it does not name as it was. */
export function changedTrunk(trunk: Trunk, change: TrunkChange): Trunk {
  const entries = Object.entries({ ...trunk, ...withoutUndefined(change) });
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as unknown as Trunk;
}

/** What is wrong with a trunk among the others, if anything. */
export function trunkFault(trunk: Trunk, others: readonly Trunk[]): TrunkFault | undefined {
  const { username, password, register, addresses, numbers } = trunk;
  if ((register || password !== undefined) && username === undefined) return 'no-username';
  if (numbers.length > 0 && addresses.length === 0 && !register) return 'no-way-in';
  const taken = new Set(others.flatMap((other) => other.numbers.map(({ number }) => number)));
  const own = new Set(numbers.map(({ number }) => number));
  const isTaken = own.size < numbers.length || [...own].some((number) => taken.has(number));
  return isTaken ? 'number-taken' : undefined;
}

function withoutUndefined(change: TrunkChange): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
