import type { Address } from '../../protocol/sip/address.ts';
import { parseAddress } from '../../protocol/sip/address.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { headerValues } from '../../protocol/sip/message.ts';
import { parseUri, schemeOf } from '../../protocol/sip/uri.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import { isE164 } from '../../protocol/call/e164.ts';
import { countryOf, toE164 } from './e164.ts';

/** Who calls by a trunk, as far as the trunk tells. */
export interface TrunkCaller {
  /** '' where they give none but a number, or withhold it. */
  readonly displayName: string;
  /** E.164; else as it came, where it is no number of the network; '' where it is withheld. */
  readonly number: string;
  readonly withheld: boolean;
}

/** The country whose national numbers a trunk's are: that of its own. */
export function countryOfTrunk({ numbers, callerId }: Trunk): string | undefined {
  const own = [
    ...numbers.map(({ number }) => number),
    ...(callerId === undefined ? [] : [callerId]),
  ];
  return own.map(countryOf).find((country) => country !== undefined);
}

/**
 * Who calls: P-Asserted-Identity where the trunk is trusted with it (RFC 3325), else From. Whoever
 * asked for privacy (RFC 3323, or From as RFC 3323 section 4.1.1.3 has it) is nobody.
 */
export function trunkCaller(request: SipRequest, trunk: Trunk): TrunkCaller {
  const from = addressesIn(request, 'From')[0];
  if (isWithheld(request, from)) return { displayName: '', number: '', withheld: true };
  const asserted = trunk.trustsCallerId ? addressesIn(request, 'P-Asserted-Identity') : [];
  const told = [...asserted, ...(from ? [from] : [])];
  const country = countryOfTrunk(trunk);
  const numbers = told.map(({ uri }) => numberIn(uri, country));
  return {
    displayName: told.find(({ displayName }) => displayName !== '')?.displayName ?? '',
    number: numbers.find(isE164) ?? numbers.find((number) => number !== '') ?? '',
    withheld: false,
  };
}

/** Against what wrong codes of a trunk's caller count: their number where it can be believed. */
export function sourceOf({ number }: TrunkCaller, trunk: Trunk, address: string): string {
  return trunk.trustsCallerId && isE164(number) ? number : address;
}

/** `none` and `critical` alone ask for nothing (RFC 3323 section 4.2). */
function isWithheld(request: SipRequest, from: Address | undefined): boolean {
  const asked = headerValues(request, 'Privacy')
    .flatMap((value) => value.split(/[;,]/))
    .map((each) => each.trim().toLowerCase());
  if (asked.some((each) => ['id', 'user', 'header', 'session'].includes(each))) return true;
  if (!from) return false;
  const { user = '', host = '' } = partsOf(from.uri);
  return host === 'anonymous.invalid' || ['anonymous', 'restricted'].includes(user.toLowerCase());
}

/** The number in a sip: or tel: URI, in E.164 where it can be. */
export function numberIn(uri: string, country: string | undefined): string {
  const { user = '' } = partsOf(uri);
  const text = user.split(';')[0] ?? '';
  return toE164(text, country) ?? text;
}

export function addressesIn(request: SipRequest, name: string): readonly Address[] {
  return headerValues(request, name).flatMap((value) => {
    try {
      return [parseAddress(value)];
    } catch (error) {
      if (error instanceof SipProtocolError) return [];
      throw error;
    }
  });
}

function partsOf(uri: string): { readonly user?: string; readonly host?: string } {
  if (schemeOf(uri) === 'tel') return { user: uri.slice('tel:'.length) };
  try {
    return parseUri(uri);
  } catch (error) {
    if (error instanceof SipProtocolError) return {};
    throw error;
  }
}
