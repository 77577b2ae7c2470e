/** mod_conference's score of a frame: the mean of |sample|. Speech: about 300 to 3000. */
export function energyScore(pcm: Int16Array): number {
  if (pcm.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < pcm.length; i++) sum += Math.abs(pcm[i]!);
  return Math.trunc(sum / pcm.length);
}

/** What digital silence counts as: the floor of RFC 6464's scale. */
const SILENCE_DBOV = -127;

/** Power against the loudest square wave (RFC 6465): 0 to -127 dBov. */
export function levelDbov(pcm: Int16Array): number {
  if (pcm.length === 0) return SILENCE_DBOV;
  let power = 0;
  for (let i = 0; i < pcm.length; i++) power += pcm[i]! * pcm[i]!;
  if (power === 0) return SILENCE_DBOV;
  return Math.max(SILENCE_DBOV, 10 * Math.log10(power / pcm.length / (32768 * 32768)));
}
