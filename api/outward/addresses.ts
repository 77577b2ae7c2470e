import ipaddr from 'ipaddr.js';

/** Addresses that share their first bits. */
export type Network = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Of IPv6 only this much is given out for the Internet (RFC 4291 section 2.4, IANA's registry). */
const GLOBAL_V6: Network = [ipaddr.parse('2000::'), 3];

/**
 * Whether anybody on the Internet may reach an address: none of the special-purpose registries of
 * RFC 6890, no multicast, and no IPv6 that holds an IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || isWithin(parsed, GLOBAL_V6);
}

/** `10.0.0.0/8` or one address; `undefined` where it is neither. */
export function parseNetwork(text: string): Network | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text) || (!text.includes(':') && !/^\d+(\.\d+){3}$/.test(text)))
    return undefined;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** IPv4 in IPv6's clothes (`::ffff:…`) is in no IPv4 network: nobody has to write it so. */
export function isIn(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return networks.some((network) => isWithin(parsed, network));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
