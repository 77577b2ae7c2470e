import { isIPv4, isIPv6 } from 'node:net';
import { masked } from '../../protocol/call/masked.ts';
import type { NumberPolicy } from '../../protocol/call/masked.ts';

/** From where somebody calls: the telephone network tells a number, everything else has an address. */
export type Network = 'numbers' | 'addresses';

export function networkOf(source: string): Network {
  return /^\+?\d{2,15}$/.test(source) ? 'numbers' : 'addresses';
}

/**
 * Whom tries count against. Of an IPv6 address the first 64 bits: the rest its holder chooses at will
 * (RFC 4291 section 2.5.1).
 */
export function accountable(source: string): string {
  if (!isIPv6(source)) return source;
  const groups = expanded(source);
  return groups === undefined ? source : `${groups.slice(0, 4).join(':')}::/64`;
}

/** A source for people to read: enough to tell two apart. */
export function maskedSource(source: string): string {
  if (isIPv4(source)) return `${source.split('.').slice(0, 2).join('.')}.…`;
  if (source.endsWith('::/64') || isIPv6(source))
    return `${source.split(':').slice(0, 2).join(':')}:…`;
  return masked(source);
}

/** Nothing of this machine's own: browsers come by our way to SIP, and theirs is not seen there. */
export function farSource(source: string): string {
  return /^(::ffff:)?127\.|^::1$/i.test(source) ? '' : source;
}

/** A source for the record: an address is as personal as a number, and one policy holds for both. */
export function shownSource(source: string, policy: NumberPolicy): string {
  if (policy === 'hidden') return '';
  return policy === 'full' ? source : maskedSource(source);
}

/** The eight groups without leading zeros; `undefined` for IPv4 in IPv6's clothes (RFC 4291 section 2.5.5). */
function expanded(address: string): readonly string[] | undefined {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  if (plain.includes('.')) return undefined;
  const [before = '', after] = plain.split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
