import { tagOf, withTag } from './address.ts';
import type { SipHeader, SipRequest, SipResponse } from './message.ts';
import { header, withHeader } from './message.ts';
import { isSuccess, reasonPhrase } from './status.ts';

export interface ResponseExtras {
  /** The standard phrase when absent. */
  readonly reason?: string;
  /** Put on To where the request's has none. Responses above 100 need one from somewhere. */
  readonly toTag?: string;
  readonly headers?: readonly SipHeader[];
  readonly body?: string;
}

const COPIED: ReadonlySet<string> = new Set(['Via', 'From', 'To', 'Call-ID', 'CSeq']);

/**
 * A response to a request, with what RFC 3261 section 8.2.6.2 has it copy, and Record-Route where the
 * response can make a dialog (section 12.1.1). A 100 echoes Timestamp (section 8.2.6.1).
 */
export function createResponse(
  request: SipRequest,
  status: number,
  extras: ResponseExtras = {},
): SipResponse {
  const makesDialog = status > 100 && status < 300;
  const headers = request.headers.filter(
    ({ name }) =>
      COPIED.has(name) ||
      (makesDialog && name === 'Record-Route') ||
      (status === 100 && name === 'Timestamp'),
  );
  const response: SipResponse = {
    kind: 'response',
    status,
    reason: extras.reason ?? reasonPhrase(status),
    headers: [...headers, ...(extras.headers ?? [])],
    body: extras.body ?? '',
  };
  return extras.toTag === undefined ? response : withToTag(response, extras.toTag);
}

/** The response with this tag on To, where it has none and is no 100. */
function withToTag(response: SipResponse, tag: string): SipResponse {
  const to = header(response, 'To');
  if (to === undefined || response.status === 100 || tagOf(to) !== undefined) return response;
  return withHeader(response, 'To', withTag(to, tag));
}

/** Whether a response ends an INVITE in a call that needs an ACK of its own (RFC 3261 section 13.2.2.4). */
export function isAnswer(response: SipResponse): boolean {
  return isSuccess(response.status) && (header(response, 'CSeq') ?? '').endsWith('INVITE');
}
