/** A stay in a meeting, as this browser remembers it over a reload or the death of a tab. */
export interface Stay {
  /** Of this tab's hold on it. */
  readonly id: string;
  readonly name: string;
  /** Shows the server who we were. */
  readonly token: string;
  readonly sinceMs: number;
  readonly muted: boolean;
  /** Joined without a microphone. */
  readonly listening: boolean;
  /** When we were last known to be in the call. */
  readonly atMs: number;
}

/**
 * `fresh`: this very tab was in the call a moment ago, so it goes back by itself. `before`: the call broke
 * some minutes ago, or in a tab that is gone. `elsewhere`: another tab is in it now.
 */
export interface FormerStay {
  readonly kind: 'fresh' | 'before' | 'elsewhere';
  readonly stay: Stay;
}

export interface Found {
  readonly stay: Stay;
  /** It is from this tab, not only from this browser. */
  readonly own: boolean;
  /** A tab that lives holds it. */
  readonly held: boolean;
}

const FRESH_MS = 60_000;
/** As long as the server keeps how somebody stood. */
const KEPT_MS = 5 * 60_000;

export function judged({ stay, own, held }: Found, nowMs: number): FormerStay | undefined {
  if (held) return { kind: 'elsewhere', stay };
  const ageMs = nowMs - stay.atMs;
  if (own && ageMs < FRESH_MS) return { kind: 'fresh', stay };
  return ageMs < KEPT_MS ? { kind: 'before', stay } : undefined;
}

/** What storage holds of a stay that nobody can go back to; a tab that lives writes its own every few seconds. */
export function isStale(text: string | null, nowMs: number): boolean {
  const stay = parseStay(text);
  return stay === undefined || nowMs - stay.atMs >= KEPT_MS;
}

const FIELDS = {
  id: 'string',
  name: 'string',
  token: 'string',
  sinceMs: 'number',
  muted: 'boolean',
  listening: 'boolean',
  atMs: 'number',
} as const satisfies Record<keyof Stay, string>;

/** What storage holds; `undefined` where that is nothing of ours. */
export function parseStay(text: string | null): Stay | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as Record<string, unknown> | null;
    const isStay = Object.entries(FIELDS).every(([field, type]) => typeof value?.[field] === type);
    return isStay ? (value as unknown as Stay) : undefined;
  } catch {
    // Another release, or another hand, wrote it.
    return undefined;
  }
}
