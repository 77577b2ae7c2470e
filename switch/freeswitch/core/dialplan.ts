import type { AppCall } from './app-run.ts';

/** The context that calls from the SIP profile get, as freeswitch-conf/dialplan has it. */
export const CONTEXT = 'partyline';

/** What that context does with every call: it is parked, unanswered, for the bridge. */
export const PARK: readonly AppCall[] = [
  { app: 'set', args: 'media_timeout=10000' },
  { app: 'set', args: 'media_hold_timeout=1800000' },
  { app: 'park', args: '' },
];
