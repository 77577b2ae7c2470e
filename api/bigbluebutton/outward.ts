import { EVERYWHERE, faultIn, INTERNET } from '../outward/reach.ts';
import type { Fault, Reach, Resolve } from '../outward/reach.ts';
import { sender } from '../outward/send.ts';
import type { Send } from '../outward/send.ts';

const TIMEOUT_MS = 5_000;

const WORDS = {
  'no-web-address': 'A callback must be an http or https address.',
  password: 'A callback may not hold a password.',
  fragment: 'A callback may not hold a fragment.',
  private: 'A callback may not go to a private network.',
  plain: 'A callback may not go there by http.',
} as const satisfies Record<Fault, string>;

/**
 * Sends callbacks to public addresses only, unless told otherwise: what is behind our firewall is
 * nobody's to reach.
 */
export function callbackSender(
  allowPrivate: boolean,
  more: { readonly resolve?: Resolve; readonly stopped?: AbortSignal } = {},
): Send {
  return sender({ ...more, reach: reachOf(allowPrivate), timeoutMs: TIMEOUT_MS });
}

/** What is wrong with an address for callbacks, a sentence; nothing where it may be tried. */
export function whyNoCallback(text: string, allowPrivate: boolean): string | undefined {
  const fault = faultIn(text, reachOf(allowPrivate));
  return fault && WORDS[fault];
}

function reachOf(allowPrivate: boolean): Reach {
  return allowPrivate ? EVERYWHERE : INTERNET;
}
