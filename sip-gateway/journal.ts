import { nextRequest, type Dialog } from '../protocol/sip/dialog.ts';
import type { SipHeader } from '../protocol/sip/message.ts';
import { hostText } from '../protocol/sip/uri.ts';
import type { Source } from './leg.ts';

/** A dialog of ours, with all that it takes to end it after we died. */
export interface KeptDialog {
  /** drachtio's name of it. */
  readonly id: string;
  readonly dialog: Dialog;
  /** Where the peer's messages came from; its Contact may be an address behind a router. */
  readonly source?: Source;
}

/** Dialogs, kept where they outlive us. */
export interface Journal {
  /** What an earlier life left. */
  leftovers(): readonly KeptDialog[];
  add(kept: KeptDialog): void;
  remove(id: string): void;
}

export const NO_JOURNAL: Journal = {
  leftovers: () => [],
  add: () => undefined,
  remove: () => undefined,
};

/** More requests than we sent in one dialog since it was kept (RFC 3261 section 12.2.1.1: gaps are fine). */
const CSEQ_AHEAD = 10_000;
const NAMES = ['From', 'To', 'Call-ID', 'CSeq', 'Route', 'Reason'];
const REASON: SipHeader = { name: 'Reason', value: 'SIP ;cause=503 ;text="Server restarted"' };

export interface Farewell {
  readonly uri: string;
  readonly headers: readonly SipHeader[];
  /** Where it goes first, where that is not the URI. */
  readonly proxy?: string;
}

/** The BYE of a dialog that nobody but the peer knows any more. */
export function farewell({ dialog, source }: KeptDialog): Farewell {
  const late = { ...dialog, localCSeq: dialog.localCSeq + CSEQ_AHEAD };
  const [, bye] = nextRequest(late, 'BYE', { headers: [REASON] });
  const headers = bye.headers.filter(({ name }) => NAMES.includes(name));
  const proxy = firstHop(dialog, source);
  return { uri: bye.uri, headers, ...(proxy === undefined ? {} : { proxy }) };
}

function firstHop({ routeSet }: Dialog, source: Source | undefined): string | undefined {
  const [route] = routeSet;
  if (route !== undefined) return /<([^>]+)>/.exec(route)?.[1];
  return source?.transport === 'udp' ? sourceUri(source) : undefined;
}

/** A peer as a URI: where the SIP stack saw it. */
export function sourceUri({ transport, address, port }: Source): string {
  const parameter = transport === 'udp' ? '' : `;transport=${transport}`;
  return `sip:${hostText(address)}:${port}${parameter}`;
}
