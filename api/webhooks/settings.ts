import type { After } from '../../meetings/basics.ts';
import type { Network } from '../outward/addresses.ts';
import type { Resolve } from '../outward/reach.ts';

/** What webhooks need beside the rest of the API. */
export interface WebhookSettings {
  /** Networks beside the Internet that webhooks may go to, by plain HTTP too. */
  readonly allow: readonly Network[];
  /** Absent: the system's. */
  readonly resolve?: Resolve;
  /** Absent: real time. */
  readonly after?: After;
}
