/** The value below which `share` of the samples lie (nearest rank); 0 for none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** p50, p99 and the largest, rounded to hundredths. */
export function summary(samples: readonly number[]): { p50: number; p99: number; max: number } {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    p50: round(percentile(samples, 0.5)),
    p99: round(percentile(samples, 0.99)),
    max: round(percentile(samples, 1)),
  };
}
