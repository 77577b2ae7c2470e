import type { After } from '../../meetings/basics.ts';
import type { Store } from '../../meetings/store/store.ts';

/** What the BigBlueButton API needs beside the rest of the API. */
export interface BigBlueButtonSettings {
  /** Shared with the programs that call it. */
  readonly secret: string;
  /** Whether callbacks may go to addresses of private networks and of this machine. */
  readonly privateCallbacks: boolean;
  readonly store: Store;
  /** Whether other processes share the store. */
  readonly isShared?: boolean;
  /** Absent: real time. */
  readonly after?: After;
}
