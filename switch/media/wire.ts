import type { MediaCommand, MediaEvent } from './contract.ts';

/** What crosses the thread, down and up. */
export type ToWorker =
  { readonly kind: 'command'; readonly command: MediaCommand } | { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly event: MediaEvent }
  | { readonly kind: 'stopped' };
