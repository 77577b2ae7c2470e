/** The parameters of one call. An empty one is as good as absent; of two with one name the first counts. */
export class Parameters {
  readonly #values: URLSearchParams;

  /** Percent and plus are decoded as forms have it; what is no UTF-8 becomes U+FFFD. */
  constructor(query: string) {
    // URLSearchParams would take a leading question mark for the separator.
    this.#values = new URLSearchParams(query.replace(/^\?/, '%3F'));
  }

  /** Without blanks at its ends. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.trim() || undefined;
  }

  /** `true` in any case; everything else that is given is no. */
  flag(name: string): boolean | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : text.toLowerCase() === 'true';
  }

  /** A whole number that is not negative. `NaN` where something else is given. */
  count(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  }

  /** All that begin so and go on as a name in XML may; the first of each name, without the beginning. */
  group(prefix: string, most: number): Readonly<Record<string, string>> {
    const found = new Map<string, string>();
    for (const [name, value] of this.#values) {
      const rest = name.startsWith(prefix) ? name.slice(prefix.length) : '';
      if (GROUPED.test(rest) && !found.has(rest) && found.size < most) found.set(rest, value);
    }
    return Object.fromEntries(found);
  }
}

/** What BigBlueButton takes after `meta_`, and the underscore of `userdata-bbb_…`. */
const GROUPED = /^[A-Za-z][\w-]{0,63}$/;
