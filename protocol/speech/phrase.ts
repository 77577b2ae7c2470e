import type { Clip, Sound } from './clip.ts';

/** One thing to play to a caller. */
export type Phrase =
  | { readonly kind: 'clip'; readonly clip: Clip }
  | { readonly kind: 'sound'; readonly sound: Sound }
  /** 0 to 9999, spoken as a cardinal. */
  | { readonly kind: 'number'; readonly value: number }
  /** `0` to `9`, `*` and `#`, spoken one by one. */
  | { readonly kind: 'digits'; readonly text: string }
  /** A recording, such as a caller's name: an absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  /** Rounded up to whole `SILENCE_MS`. */
  | { readonly kind: 'silence'; readonly ms: number };
