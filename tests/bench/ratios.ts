type Figures = Readonly<{ embedded: unknown; freeswitch?: unknown }>;

/** Embedded divided by real, figure by figure, where both were measured in this run. */
export function ratios({ embedded, freeswitch }: Figures): { embeddedOverFreeswitch?: unknown } {
  return freeswitch === undefined ? {} : { embeddedOverFreeswitch: ratio(embedded, freeswitch) };
}

function ratio(one: unknown, other: unknown): unknown {
  if (typeof one === 'number' && typeof other === 'number') {
    return other === 0 ? undefined : Math.round((100 * one) / other) / 100;
  }
  if (Array.isArray(one) && Array.isArray(other))
    return one.map((each, at) => ratio(each, other[at]));
  if (!isRecord(one) || !isRecord(other)) return undefined;
  return Object.fromEntries(
    Object.entries(one).map(([name, each]) => [name, ratio(each, other[name])]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
