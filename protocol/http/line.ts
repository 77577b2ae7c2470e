import type { SipGrant } from './views.ts';

/** Somebody who can be called: by the extension, where there is one, or the account's name. */
export interface LineEntry {
  readonly username: string;
  readonly name: string;
  readonly extension?: string;
}

/** As `LineEntry`, as a call knows it; `number` calls them back. */
export interface CalledAccount {
  readonly username: string;
  readonly name: string;
  readonly number: string;
}

/** `POST /api/v1/me/phone`: makes the browser one of the person's phones until `sip.expiresAt`. */
export interface OwnPhoneView {
  readonly line: LineEntry;
  readonly sip: SipGrant;
  /** Whether numbers outside may be called at all. */
  readonly numbers: boolean;
}
