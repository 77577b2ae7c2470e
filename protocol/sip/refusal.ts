import { tagOf, withTag } from './address.ts';
import { SipProtocolError } from './errors.ts';
import type { SipHeader, SipResponse } from './message.ts';
import { reasonPhrase } from './status.ts';
import { parseVia } from './via.ts';

/**
 * The answer to a request that could not be read, as far as there is something to answer to: a
 * topmost Via that reads and a method that is not ACK. `toTag` goes on To where that can carry one.
 */
export function refusalOf(error: SipProtocolError, toTag: string): SipResponse | undefined {
  const { request } = error;
  if (!request || request.method === 'ACK') return undefined;
  const vias = request.headers.filter((each) => each.name === 'Via' && !/[\r\n]/.test(each.value));
  if (!reads(() => parseVia(vias[0]?.value ?? ''))) return undefined;
  const headers: SipHeader[] = [...vias];
  for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
    const value = request.headers.find((each) => each.name === name)?.value;
    if (value === undefined) continue;
    const lacksTag = name === 'To' && reads(() => tagOf(value) === undefined);
    headers.push({ name, value: lacksTag ? tagged(value, toTag) : value });
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
  return reads(() => withTag(value, tag)) ? withTag(value, tag) : value;
}

/** Whether a reader returns anything but false and finds no fault. */
function reads(read: () => unknown): boolean {
  try {
    return read() !== false;
  } catch (error) {
    if (error instanceof SipProtocolError) return false;
    throw error;
  }
}
