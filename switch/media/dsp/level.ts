/** mod_conference's score of a frame: the mean of |sample|. Speech: about 300 to 3000. */
export function energyScore(pcm: Int16Array): number {
  if (pcm.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < pcm.length; i++) sum += Math.abs(pcm[i]!);
  return Math.trunc(sum / pcm.length);
}
