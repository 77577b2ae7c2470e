/** Where datagrams come from and go to: a literal IP address and a port. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

export function isSameAddress(a: SocketAddress, b: SocketAddress): boolean {
  return a.port === b.port && a.address === b.address;
}

/** Addresses that a router behind the peer may have rewritten (RFC 1918, RFC 6598, RFC 3927, RFC 4193). */
export function isPrivate(address: string): boolean {
  if (address.includes(':')) return /^f[cde]/i.test(address);
  return PRIVATE_IPV4.test(address);
}

const PRIVATE_IPV4 =
  /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
