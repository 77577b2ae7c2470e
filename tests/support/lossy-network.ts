/** A seeded generator of chance, 0 to below 1: xorshift32. */
export function chance(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

export interface Network {
  readonly seed: number;
  /** Share of packets lost. */
  readonly loss: number;
  /** Each packet is late by 0 to this, evenly. */
  readonly jitterMs: number;
  /** Packets keep their order, as over one path; else they overtake. */
  readonly keepsOrder?: boolean;
}

/** When each packet arrives, `undefined` where it is lost; packets are sent every `intervalMs`. */
export function arrivals(
  network: Network,
  packets: number,
  intervalMs = 20,
): readonly (number | undefined)[] {
  const next = chance(network.seed);
  let last = 0;
  return Array.from({ length: packets }, (_, n) => {
    const isLost = next() < network.loss;
    let atMs = n * intervalMs + next() * network.jitterMs;
    if (network.keepsOrder === true) atMs = Math.max(last, atMs);
    last = atMs;
    return isLost ? undefined : atMs;
  });
}

/** The same network for packets that are really sent: each is delivered late, or never. */
export function lossyLine({ seed, loss, jitterMs }: Network): (deliver: () => void) => void {
  const next = chance(seed);
  return (deliver) => {
    const isLost = next() < loss;
    const lateMs = next() * jitterMs;
    if (!isLost) setTimeout(deliver, lateMs);
  };
}
