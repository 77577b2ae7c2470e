/** So many requests are under way at a time. */
const AT_ONCE = 6;

/** Does something for each, in order, six at a time; over when all of it is. */
export async function fewAtOnce<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const rest = items.values();
  const workOn = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOn));
}
