/** The member flags that matter where there is no video (mod_conference's `member-flags`). */
export interface MemberFlags {
  readonly mute: boolean;
  readonly deaf: boolean;
  readonly muteDetect: boolean;
  readonly moderator: boolean;
  readonly ghost: boolean;
  readonly endconf: boolean;
  readonly mandatoryEndconf: boolean;
  readonly mintwo: boolean;
  readonly joinOnly: boolean;
  readonly distDtmf: boolean;
}

/** Reads `a|b|c`; unknown words are skipped. At most ten count, as in FreeSWITCH. */
export function toMemberFlags(text: string): MemberFlags {
  const words = new Set(
    text
      .split('|')
      .slice(0, 10)
      .map((word) => word.trim().toLowerCase()),
  );
  return {
    mute: words.has('mute'),
    deaf: words.has('deaf'),
    muteDetect: words.has('mute-detect'),
    moderator: words.has('moderator'),
    ghost: words.has('ghost'),
    endconf: words.has('endconf'),
    mandatoryEndconf: words.has('mandatory_member_endconf'),
    mintwo: words.has('mintwo'),
    joinOnly: words.has('join-only'),
    distDtmf: words.has('dist-dtmf'),
  };
}
