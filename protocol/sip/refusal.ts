import { tagOf, withTag } from './address.ts';
import { SipProtocolError } from './errors.ts';
import type { SipHeader, SipResponse } from './message.ts';
import { reasonPhrase } from './status.ts';
import { formatVia, salvageVia } from './via.ts';

/**
 * The answer to a request that could not be read, as far as there is something to answer to: a
 * topmost Via that can be made out and a method that is not ACK. `toTag` goes on To where that can carry one.
 */
export function refusalOf(error: SipProtocolError, toTag: string): SipResponse | undefined {
  const { request } = error;
  if (!request || request.method === 'ACK') return undefined;
  const [top, ...vias] = request.headers.filter((each) => each.name === 'Via');
  const via = top && salvageVia(top.value);
  if (!via) return undefined;
  const headers: SipHeader[] = [{ name: 'Via', value: formatVia(via) }, ...vias];
  for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
    const value = request.headers.find((each) => each.name === name)?.value;
    if (value === undefined) continue;
    headers.push({ name, value: name === 'To' ? tagged(value, toTag) : value });
  }
  return {
    kind: 'response',
    status: error.status,
    reason: reasonPhrase(error.status),
    headers,
    body: '',
  };
}

function tagged(value: string, tag: string): string {
  try {
    return tagOf(value) === undefined ? withTag(value, tag) : value;
  } catch (error) {
    if (error instanceof SipProtocolError) return value;
    throw error;
  }
}
