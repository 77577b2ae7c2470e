import { setTimeout as wait } from 'node:timers/promises';

/** Between two looks: what takes long may be seen a twentieth of that too late. */
const PAUSE_MS = { shortest: 20, longest: 200 } as const;

/**
 * Looks again and again until `look` gives a value, and gives that. For things that only the
 * outside shows: a file that grows, a page that changes. Throws with `what` after `withinMs`.
 */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 10_000,
): Promise<T> {
  const begunAt = Date.now();
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    const waitedMs = Date.now() - begunAt;
    if (waitedMs > withinMs) throw new Error(`did not happen within ${withinMs} ms: ${what}`);
    await wait(Math.min(PAUSE_MS.longest, Math.max(PAUSE_MS.shortest, waitedMs / 20)));
  }
}
