import { element } from './xml.ts';
import type { Element } from './xml.ts';

/** What a call is answered: always with status 200, as BigBlueButton does, or a redirection. */
export type Answer =
  | { readonly kind: 'xml'; readonly response: Element }
  | { readonly kind: 'json'; readonly body: object }
  | { readonly kind: 'redirect'; readonly url: string };

/** A fault of the caller's, by the key that clients know it by. */
export interface Fault {
  readonly key: string;
  readonly message: string;
}

export function fault(key: string, message: string): Fault {
  return { key, message };
}

export function success(...content: readonly Element[]): Answer {
  return {
    kind: 'xml',
    response: element('response', [element('returncode', 'SUCCESS'), ...content]),
  };
}

/** `messageKey` and `message`, beside what else an answer holds. */
export function remark({ key, message }: Fault): readonly Element[] {
  return [element('messageKey', key), element('message', message)];
}

/** The shape of most faults. */
export function failed(what: Fault): Answer {
  return xmlFailed(remark(what));
}

/** The other shape: a list of errors, which BigBlueButton has for a voice bridge that is taken. */
export function failedWithList(what: Fault): Answer {
  const error = element('error', [element('key', what.key), element('message', what.message)]);
  return xmlFailed([element('errors', [error])]);
}

/** For the calls about text tracks, which are answered in JSON. */
export function failedInJson({ key, message }: Fault): Answer {
  return {
    kind: 'json',
    body: { response: { returncode: 'FAILED', messageKey: key, message } },
  };
}

function xmlFailed(content: readonly Element[]): Answer {
  return {
    kind: 'xml',
    response: element('response', [element('returncode', 'FAILED'), ...content]),
  };
}

export const CHECKSUM_ERROR = fault(
  'checksumError',
  'You did not pass the checksum security check',
);
export const NOT_FOUND = fault('notFound', 'We could not find a meeting with that meeting ID');
export const MISSING_MEETING_ID = fault(
  'missingParamMeetingID',
  'You must specify a meeting ID for the meeting.',
);
export const UNSUPPORTED = fault('unsupportedRequest', 'This request is not supported.');
