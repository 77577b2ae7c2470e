import { isE164 } from '../../protocol/call/e164.ts';

/** Country codes of two digits (ITU-T E.164, assigned codes); 1 and 7 have one, the others three. */
const TWO_DIGITS = new Set([
  ...['20', '27', '30', '31', '32', '33', '34', '36', '39', '40', '41', '43', '44', '45', '46'],
  ...['47', '48', '49', '51', '52', '53', '54', '55', '56', '57', '58', '60', '61', '62', '63'],
  ...['64', '65', '66', '81', '82', '84', '86', '90', '91', '92', '93', '94', '95', '98'],
]);

/** Fewer digits are a house's own or a service's. */
const LEAST_DIGITS = 8;
/** North America: ten digits at home, and the country's 1 doubles as the long-distance prefix. */
const NANP_DIGITS = 10;

/** The country code at the head of an E.164 number, without `+`. */
export function countryOf(number: string): string | undefined {
  if (!isE164(number)) return undefined;
  const digits = number.slice(1);
  if (digits.startsWith('1') || digits.startsWith('7')) return digits.slice(0, 1);
  return digits.slice(0, TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3);
}

/**
 * A number as networks write it, in E.164: `+49…`, `0049…`, `49…`, or national `030…` of `country`.
 * `undefined` where it is none: an extension, a service's short number, a name.
 */
export function toE164(text: string, country?: string): string | undefined {
  const compact = text.replace(/[-.()]/g, '');
  if (!/^\+?\d{2,20}$/.test(compact)) return undefined;
  const number = international(compact, country);
  return number !== undefined && isE164(number) ? number : undefined;
}

function international(digits: string, country: string | undefined): string | undefined {
  if (digits.startsWith('+')) return digits;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  if (country === '1' && digits.startsWith('011')) return `+${digits.slice(3)}`;
  if (country === '1' && digits.length === NANP_DIGITS) return `+1${digits}`;
  if (digits.startsWith('0')) return national(digits, country);
  return digits.length >= LEAST_DIGITS ? `+${digits}` : undefined;
}

/** Italy keeps the 0 (ITU-T E.164 national numbering plan of Italy); elsewhere it is the trunk prefix. */
function national(digits: string, country: string | undefined): string | undefined {
  if (country === undefined) return undefined;
  return country === '39' ? `+39${digits}` : `+${country}${digits.slice(1)}`;
}
