import { randomBytes } from 'node:crypto';
import type { SipHeader } from '../../protocol/sip/message.ts';

/** What the switch understands, and what it says of itself. */
export const METHODS = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'UPDATE', 'INFO'];
export const EXTENSIONS = ['timer'];

export const ALLOW: SipHeader = { name: 'Allow', value: METHODS.join(', ') };
export const SUPPORTED: SipHeader = { name: 'Supported', value: EXTENSIONS.join(', ') };
export const USER_AGENT: SipHeader = { name: 'User-Agent', value: 'Partyline' };
export const SDP_TYPE: SipHeader = { name: 'Content-Type', value: 'application/sdp' };

export function newTag(): string {
  return randomBytes(8).toString('hex');
}
