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
}

/** Where this installation is reached. */
export interface Addresses {
  /** `https://host` without a slash at the end; asked each time, for a port may be known late. */
  readonly publicUrl: () => string;
  /** `host` or `host:port` in SIP addresses. */
  readonly sipHost: string;
  /** Access numbers that reach the reception. */
  readonly dialIn: readonly { readonly label: string; readonly number: string }[];
  /** STUN and TURN servers for browsers; absent: none. */
  readonly ice?: IceSettings;
}
