import type { Bridge } from '../bridge/bridge.ts';
import type { Log } from '../protocol/log.ts';
import type { Merged } from './core/merge.ts';
import type { Drivers } from './drivers.ts';
import type { Peers } from './peers.ts';
import type { Wire } from './wire.ts';

/** What the parts of one process' membership stand on. */
export interface Shared {
  readonly self: string;
  readonly bridge: Bridge;
  /** `host:port` of the nodes that we may drive. */
  readonly nodes: readonly string[];
  /** They are ours alone. */
  readonly own: boolean;
  readonly peers: Peers;
  readonly drivers: Drivers;
  readonly merged: () => Merged;
  readonly wire: () => Wire | undefined;
  readonly log: Log;
}

/**
 * What processes call a node: two embedded ones may have the same address on two machines, so these go
 * by their process.
 */
export function sharedName({ own, self }: Pick<Shared, 'own' | 'self'>, node: string): string {
  return own ? `${self}/${node}` : node;
}

/** Whether a node ends with the process that drives it. */
export function isEmbedded(name: string): boolean {
  return name.includes('/');
}

/** The right by which we drive a node of ours; undefined where we do not. */
export function ownToken({ own, drivers }: Shared, node: string): number | undefined {
  return own ? 1 : drivers.token(node);
}
