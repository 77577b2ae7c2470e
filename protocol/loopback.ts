/** Whether an address is this machine talking to itself: proxies of ours do. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
