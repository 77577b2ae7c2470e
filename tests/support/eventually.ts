import { setTimeout as wait } from 'node:timers/promises';

/**
 * Looks again and again until `look` gives a value, and gives that. For things that only the
 * outside shows: a file that grows, a page that changes. Throws with `what` after `withinMs`.
 */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 10_000,
): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > giveUpAt) throw new Error(`did not happen within ${withinMs} ms: ${what}`);
    await wait(20);
  }
}
