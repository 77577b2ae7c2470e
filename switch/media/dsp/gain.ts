import { clip16 } from './mixer.ts';

/** FreeSWITCH's steps from -4 to 4 as factors: `switch_change_sln_volume` in switch_resample.c. */
const FACTORS = [0.2, 0.4, 0.6, 0.8, 1, 1.3, 2.3, 3.3, 4.3];

/** The factor of a volume step; steps beyond -4 to 4 count as those. */
export function volumeFactor(step: number): number {
  return FACTORS[Math.max(-4, Math.min(4, Math.trunc(step))) + 4]!;
}

/** Changes `pcm` in place by a volume step of -4 to 4; 0 leaves it be. */
export function applyVolume(pcm: Int16Array, step: number): void {
  const factor = volumeFactor(step);
  if (factor === 1) return;
  for (let i = 0; i < pcm.length; i++) pcm[i] = clip16(pcm[i]! * factor);
}
