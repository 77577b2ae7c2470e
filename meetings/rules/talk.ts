/** From when to when, milliseconds since 1970. */
export type Span = readonly [fromMs: number, toMs: number];

/** A shorter pause is a breath. */
const BREATH_MS = 1_000;
/** An hour of lively talk has some 300; beyond, the two that lie nearest are told as one. */
const MOST = 400;

/** With one more that begins after all others began. */
export function withSpan(spans: readonly Span[], [fromMs, toMs]: Span): readonly Span[] {
  const last = spans.at(-1);
  if (last !== undefined && fromMs - last[1] < BREATH_MS)
    return [...spans.slice(0, -1), [last[0], Math.max(last[1], toMs)]];
  const all: readonly Span[] = [...spans, [fromMs, toMs]];
  return all.length > MOST ? joined(all) : all;
}

export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [fromMs, toMs]) => sum + toMs - fromMs, 0);
}

function joined(spans: readonly Span[]): readonly Span[] {
  const gaps = spans.slice(1).map(([fromMs], at) => fromMs - (spans[at]?.[1] ?? 0));
  const nearest = gaps.indexOf(Math.min(...gaps));
  const [one, other] = [spans[nearest], spans[nearest + 1]];
  if (one === undefined || other === undefined) return spans;
  return [...spans.slice(0, nearest), [one[0], other[1]], ...spans.slice(nearest + 2)];
}
