import type { Language } from '../protocol/call/language.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Log } from '../protocol/log.ts';
import type { SigningKeys } from './keys.ts';
import type { IceSettings } from './rules/ice.ts';
import type { Random } from './rules/ids.ts';
import type { Store } from './store/store.ts';

/** What every part of this folder stands on. */
export interface Basics {
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: Random;
  readonly keys: SigningKeys;
  /** What meetings speak where nobody says otherwise. */
  readonly language: Language;
  /** How much of callers' numbers is kept for show. */
  readonly numbers: NumberPolicy;
  readonly log: Log;
  readonly after: After;
}

/** Runs something once after so many milliseconds; returns how to stop it. */
export type After = (ms: number, run: () => void) => () => void;

/** Does not keep the program alive. */
export const afterRealTime: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Where this installation is reached. */
export interface Addresses {
  /** `https://host` without a slash at the end; asked each time, for a port may be known late. */
  readonly publicUrl: () => string;
  /** `host` or `host:port` in SIP addresses. */
  readonly sipHost: string;
  /** Access numbers that reach the reception. */
  readonly dialIn: readonly {
    readonly label: string;
    readonly number: string;
    readonly language?: Language;
  }[];
  /** STUN and TURN servers for browsers; absent: none. */
  readonly ice?: IceSettings;
}
