/** A phone number of which only enough is left to tell two callers apart; safe to show and to keep. */
export type MaskedNumber = string & { readonly __brand: 'MaskedNumber' };

/** How much of callers' numbers is shown: `masked` to moderators and less to others, all, or nothing. */
export type NumberPolicy = 'masked' | 'full' | 'hidden';

const COUNTRY = /^\+\d{2}/;
const LAST = 4;
const FEWEST = 7;

/**
 * `+4930901234` becomes `+49…1234`. Short numbers and account names are of the house and stay;
 * `hidden` leaves nothing.
 */
export function masked(number: string, policy: NumberPolicy = 'masked'): MaskedNumber {
  if (policy === 'hidden') return '' as MaskedNumber;
  if (policy === 'full' || !isPhoneNumber(number)) return number as MaskedNumber;
  const country = COUNTRY.exec(number)?.[0] ?? '';
  return `${country}…${number.replace(/\D/g, '').slice(-LAST)}` as MaskedNumber;
}

/** What people who are no moderators see of a masked number: its last two digits. */
export function shortened(number: string): MaskedNumber {
  const digits = number.replace(/\D/g, '');
  return (digits.length >= LAST ? `…${digits.slice(-2)}` : '') as MaskedNumber;
}

/** Seven digits and more, however they are written, are somebody's number; fewer are an extension. */
function isPhoneNumber(text: string): boolean {
  return /^[^\p{L}]+$/u.test(text) && text.replace(/\D/g, '').length >= FEWEST;
}
