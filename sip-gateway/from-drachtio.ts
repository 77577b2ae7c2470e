import { SipProtocolError } from '../protocol/sip/errors.ts';
import type { SipMessage } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import { parseDraft } from '../protocol/sip/parse.ts';
import { parseVia } from '../protocol/sip/via.ts';
import type { SrfContent, SrfMessage, SrfRequest } from './drachtio-shapes.ts';
import type { Content, Source } from './leg.ts';

/**
 * The message as drachtio sent it, read by our own parser: drachtio-srf's joins headers that stand
 * twice by commas and knows no canonical names. Undefined where it does not read.
 */
export function readMessage(from: Pick<SrfMessage, 'msg'>): SipMessage | undefined {
  try {
    return parseDraft(from.msg.raw ?? '');
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}

/**
 * drachtio names a WebSocket `tcp`; the Via the peer wrote tells them apart. Throws where it does
 * not read: drachtio takes some that we do not.
 */
export function sourceOf(request: SipMessage, req: SrfRequest): Source {
  const { transport } = parseVia(header(request, 'Via') ?? '');
  return {
    transport: transport.startsWith('WS') ? 'ws' : transport === 'UDP' ? 'udp' : 'tcp',
    address: req.source_address,
    port: Number(req.source_port),
  };
}

/**
 * Headers as drachtio-srf takes them. It keeps one value a name, so a header that stands twice
 * goes as one value with the second line inside; drachtio takes its lines apart again.
 */
export function toSrfContent({ headers = [], body }: Content): SrfContent {
  const record: Record<string, string> = {};
  for (const { name, value } of headers) {
    if (/[\r\n]/.test(value)) throw new Error(`line break in header ${name}`);
    const before = record[name];
    record[name] = before === undefined ? value : `${before}\r\n${name}: ${value}`;
  }
  return { headers: record, ...(body === undefined ? {} : { body }) };
}
