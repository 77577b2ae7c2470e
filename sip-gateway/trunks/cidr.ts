import { BlockList, isIP } from 'node:net';

/**
 * Whether an address lies in one of these ranges (RFC 4632, IPv4 and IPv6). IPv4 in IPv6's clothes
 * (RFC 4291 section 2.5.5.2) is IPv4; a range that does not read holds nobody.
 */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  const plain = plainAddress(address);
  const version = isIP(plain);
  if (version === 0) return false;
  return ranges.some((range) => {
    const [base = '', bits = ''] = range.split('/');
    if (isIP(base) !== version || !isPrefix(bits, version)) return false;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    const list = new BlockList();
    list.addSubnet(base, Number(bits), family);
    return list.check(plain, family);
  });
}

/** An address as it is compared: without a zone, IPv4 as such. */
export function plainAddress(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}

/** `/0` would be everybody. */
function isPrefix(bits: string, version: number): boolean {
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128);
}
