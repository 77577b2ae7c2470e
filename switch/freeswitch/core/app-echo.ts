import type { Application } from './app-run.ts';

/** Where no delay is given (mod_dptools.c), and the least and most that are taken (switch_ivr.c), in ms. */
const DELAY_MS = 1000;
const LEAST_MS = 1;
const MOST_MS = 10_000;

/**
 * `delay_echo [ms]`: what the peer says comes back so much later. Neither a break nor a key ends it, and
 * it reads no orders: what is asked of the channel meanwhile waits for its end, as keys do.
 */
export const echoApp: Application = {
  needsMedia: true,
  start(node, channel, args) {
    const delayMs = args === '' ? DELAY_MS : Number.parseInt(args, 10) || 0;
    if (delayMs < LEAST_MS || delayMs > MOST_MS) return undefined;
    node.media({ kind: 'echo-leg', leg: channel.uuid, delayMs });
    return { kind: 'echoing' };
  },
  on: () => false,
  abort(node, channel) {
    node.media({ kind: 'stop-echo', leg: channel.uuid });
  },
};
