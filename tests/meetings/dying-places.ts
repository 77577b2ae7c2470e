/** Meetings whose events are written down. */
export const MEETINGS = 3;

/** Where the store and the log of events are, as one process has both: below one folder, or in one Redis. */
export function placesAt(address: string): { readonly store: string; readonly log: string } {
  return address.startsWith('redis:')
    ? { store: address, log: address }
    : { store: `${address}/store`, log: `${address}/events` };
}
