import { SipProtocolError } from '../protocol/sip/errors.ts';
import type { SipMessage } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import { parseDraft } from '../protocol/sip/parse.ts';
import { parseVia } from '../protocol/sip/via.ts';
import type { SrfContent, SrfMessage, SrfRequest, SrfResponse } from './drachtio-shapes.ts';
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
  return {
    transport: transportIn(header(request, 'Via') ?? ''),
    address: req.source_address,
    port: Number(req.source_port),
  };
}

/** Who answered a request of ours; undefined where drachtio made the answer up. */
export function sourceOfAnswer(response: SipMessage, res: SrfResponse): Source | undefined {
  const { source, source_address: address, source_port: port } = res;
  const via = header(response, 'Via');
  if (source !== 'network' || address === undefined || via === undefined) return undefined;
  return { transport: transportIn(via), address, port: Number(port) };
}

function transportIn(via: string): Source['transport'] {
  const { transport } = parseVia(via);
  return transport.startsWith('WS') ? 'ws' : transport === 'UDP' ? 'udp' : 'tcp';
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
