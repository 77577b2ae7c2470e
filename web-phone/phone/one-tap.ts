/**
 * A link that dials a number and the code in one: a telephone waits for the answer at each comma and then
 * types (RFC 3966 leaves pauses to the phone; all mobile phones know them); SIP carries the code beside
 * the number. `undefined` for an address that is neither.
 */
export function oneTap(uri: string, code: string): string | undefined {
  if (!/^\d+$/.test(code)) return undefined;
  if (uri.startsWith('tel:')) return `${uri},,${code}%23`;
  const sip = /^(sips?:[^@;]+)(@.*)$/.exec(uri);
  return sip ? `${sip[1]};pin=${code}${sip[2]}` : undefined;
}
