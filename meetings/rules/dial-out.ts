/** What calls to numbers a house allows. Accounts of the house's own cost nothing and are always allowed. */
export interface DialOutSettings {
  /** E.164 beginnings with `+`, such as `+49`; none: no calls to numbers. */
  readonly prefixes: readonly string[];
  /** At once, over all meetings. */
  readonly concurrent: number;
  /** In any 24 hours, over all meetings. */
  readonly perDay: number;
  /** How long one may last. */
  readonly minutes: number;
  /** The country code, such as `49`, of numbers that begin with one 0; absent: there are none. */
  readonly country?: string;
}

/** No calls to numbers at all. */
export const NO_DIAL_OUT: DialOutSettings = {
  prefixes: [],
  concurrent: 5,
  perDay: 100,
  minutes: 120,
};

/** The calls to numbers that count, as they lie in the store. */
export interface DialOutBook {
  /** Those that may be up, and until when at the latest. */
  readonly live: Readonly<Record<string, number>>;
  /** When those of the last 24 hours began. */
  readonly begunAtMs: readonly number[];
}

export type WhyNoCall =
  'off' | 'not-a-number' | 'emergency' | 'premium' | 'prefix' | 'concurrent' | 'per-day';

export type NumberCheck =
  | { readonly kind: 'allowed'; readonly number: string }
  | { readonly kind: 'refused'; readonly why: WhyNoCall };

export const EMPTY_BOOK: DialOutBook = { live: {}, begunAtMs: [] };

const DAY_MS = 24 * 3_600_000;
/** Ringing, the question and our own slowness beyond the call's length. */
const MARGIN_MS = 3 * 60_000;

/** Short numbers that bring help somewhere: nobody may be called as a joke, or without knowing where we are. */
const EMERGENCY = new Set([
  ...['000', '100', '101', '102', '103', '104', '105', '106', '107', '108', '110', '111', '112'],
  ...['113', '114', '115', '116', '117', '118', '119', '120', '122', '123', '124', '125', '127'],
  ...['128', '131', '132', '133', '140', '141', '143', '144', '145', '147', '155', '158', '190'],
  ...['191', '192', '193', '194', '195', '197', '199', '911', '933', '988', '991', '997', '998'],
  '999',
]);

/**
 * Beginnings that cost more than a call, by the national numbering plans: premium rate, shared cost,
 * directory enquiries; and E.164's global services and satellites (ITU-T E.164, assigned codes).
 */
const PREMIUM: readonly string[] = [
  // Global: shared cost, universal personal, satellites, premium rate.
  ...['+808', '+870', '+878', '+881', '+882', '+883', '+888', '+979'],
  // North America: 900, 976, and islands that bill as abroad but look like home.
  ...['+1900', '+1976', '+1242', '+1246', '+1268', '+1284', '+1473', '+1649', '+1664', '+1758'],
  ...['+1767', '+1784', '+1809', '+1829', '+1849', '+1868', '+1869', '+1876', '+1264', '+1345'],
  ...['+1441', '+1658', '+1721'],
  // Germany: 0900, 0137, 0180, 118xy, 0190 of old.
  ...['+49900', '+49137', '+49138', '+49180', '+49118', '+49190'],
  // Austria, Switzerland, France, United Kingdom, Netherlands, Belgium, Italy, Spain, Poland.
  ...['+43900', '+43901', '+43930', '+43931', '+43118', '+41900', '+41901', '+41906', '+4118'],
  ...['+3389', '+33118', '+449', '+4487', '+4484', '+44118', '+44070', '+4470', '+31900', '+31906'],
  ...['+31909', '+3118', '+3290', '+3277', '+39892', '+39899', '+39144', '+39166', '+34803'],
  ...['+34806', '+34807', '+34905', '+34118', '+4870', '+48300', '+48400'],
];

/** Where no number of the network begins with 0, so that one after the country code is not dialled. */
const ZERO_AT_HOME_ONLY = /^(\+(?:31|32|33|41|43|44|48|49))0+/;
/** Italy, San Marino, and parts of Africa: there the 0 is part of the number. */
const ZERO_BELONGS: ReadonlySet<string> = new Set(['39', '378', '225', '241', '242']);

/**
 * What somebody typed as E.164 with `+`: `00` and `+` begin a country code, one `0` the house's own
 * country where it is known. Blanks, dots, hyphens, slashes and brackets are for people; a `(0)` after
 * the country code is not dialled. `undefined` where it is no such number.
 */
export function normalised(text: string, country?: string): string | undefined {
  if (!/^[+\d ().\-/\u00a0]{3,40}$/.test(text)) return undefined;
  const isAbroad = /^\s*(\+|00)/.test(text);
  const digits = (isAbroad ? text.replace('(0)', '') : text).replace(/[^+\d]/g, '');
  const international = toInternational(digits, country)?.replace(ZERO_AT_HOME_ONLY, '$1');
  return international !== undefined && /^\+[1-9]\d{6,14}$/.test(international)
    ? international
    : undefined;
}

function toInternational(digits: string, country: string | undefined): string | undefined {
  if (digits.startsWith('+')) return digits;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  if (!digits.startsWith('0') || country === undefined) return undefined;
  return `+${country}${ZERO_BELONGS.has(country) ? digits : digits.slice(1)}`;
}

/** Whether a number may be called at all, whatever else is up. */
export function checkNumber(text: string, settings: DialOutSettings): NumberCheck {
  const { prefixes, country } = settings;
  if (prefixes.length === 0) return refused('off');
  if (isEmergency(text, country)) return refused('emergency');
  const number = normalised(text, country);
  if (number === undefined) return refused('not-a-number');
  if (PREMIUM.some((prefix) => number.startsWith(prefix))) return refused('premium');
  if (!prefixes.some((prefix) => number.startsWith(prefix))) return refused('prefix');
  return { kind: 'allowed', number };
}

/** Short numbers as such, with a 0 or the house's country before them, or any country's. */
function isEmergency(text: string, country: string | undefined): boolean {
  const digits = text.replace(/\D/g, '');
  const ours = country === undefined ? [] : [country, `00${country}`];
  const withoutCountry = ours.flatMap((code) =>
    digits.startsWith(code) ? [digits.slice(code.length)] : [],
  );
  return [digits, digits.replace(/^0+/, ''), ...withoutCountry].some(
    (each) => EMERGENCY.has(each) || EMERGENCY.has(each.replace(/^0/, '')),
  );
}

export type Booking =
  | { readonly kind: 'booked'; readonly book: DialOutBook; readonly maxMs: number }
  | { readonly kind: 'refused'; readonly why: 'concurrent' | 'per-day' };

/** Books one more call, where the limits have room for it. */
export function book(
  before: DialOutBook,
  id: string,
  nowMs: number,
  settings: DialOutSettings,
): Booking {
  const { live, begunAtMs } = stillCounting(before, nowMs);
  if (Object.keys(live).length >= settings.concurrent)
    return { kind: 'refused', why: 'concurrent' };
  if (begunAtMs.length >= settings.perDay) return { kind: 'refused', why: 'per-day' };
  const maxMs = settings.minutes * 60_000;
  return {
    kind: 'booked',
    maxMs,
    book: {
      live: { ...live, [id]: nowMs + maxMs + MARGIN_MS },
      begunAtMs: [...begunAtMs, nowMs],
    },
  };
}

/** The call is over. */
export function struck(before: DialOutBook, id: string): DialOutBook {
  const live = Object.fromEntries(Object.entries(before.live).filter(([each]) => each !== id));
  return { live, begunAtMs: before.begunAtMs };
}

/** The call was never tried: it counts for no day either. */
export function unbooked(before: DialOutBook, id: string, settings: DialOutSettings): DialOutBook {
  const { live, begunAtMs } = struck(before, id);
  const bookedAtMs = (before.live[id] ?? 0) - settings.minutes * 60_000 - MARGIN_MS;
  const at = begunAtMs.lastIndexOf(bookedAtMs);
  return { live, begunAtMs: at < 0 ? begunAtMs : begunAtMs.toSpliced(at, 1) };
}

function stillCounting({ live, begunAtMs }: DialOutBook, nowMs: number): DialOutBook {
  return {
    live: Object.fromEntries(Object.entries(live).filter(([, untilMs]) => untilMs > nowMs)),
    begunAtMs: begunAtMs.filter((at) => at > nowMs - DAY_MS),
  };
}

function refused(why: WhyNoCall): NumberCheck {
  return { kind: 'refused', why };
}
