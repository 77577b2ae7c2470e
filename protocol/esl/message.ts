import type { Frame } from './decoder.ts';
import type { EslEvent } from './event.ts';
import { parseJsonEvent, parsePlainEvent } from './event.ts';
import type { EslHeaders } from './headers.ts';
import { headerOf, parseHeaders } from './headers.ts';

/** Everything mod_event_socket.c writes to a controller. */
export type EslMessage =
  | { readonly kind: 'auth-request' }
  | {
      readonly kind: 'command-reply';
      /** `+OK …` or `-ERR …`. */
      readonly reply: string;
      readonly headers: EslHeaders;
    }
  | { readonly kind: 'api-response'; readonly body: string }
  | { readonly kind: 'event'; readonly event: EslEvent }
  | { readonly kind: 'log'; readonly headers: EslHeaders; readonly text: string }
  | { readonly kind: 'disconnect-notice'; readonly headers: EslHeaders; readonly text: string }
  /** The access list of the switch refuses our address. */
  | { readonly kind: 'rude-rejection'; readonly text: string }
  | { readonly kind: 'unknown'; readonly contentType: string; readonly body: string };

/** What a frame from the switch says. Throws EslProtocolError where an event cannot be read. */
export function toMessage(frame: Frame): EslMessage {
  const headers = parseHeaders(frame.head);
  const contentType = headerOf(headers, 'Content-Type') ?? '';
  switch (contentType) {
    case 'auth/request':
      return { kind: 'auth-request' };
    case 'command/reply':
      return { kind: 'command-reply', reply: headerOf(headers, 'Reply-Text') ?? '', headers };
    case 'api/response':
      return { kind: 'api-response', body: frame.body };
    case 'text/event-plain':
      return { kind: 'event', event: parsePlainEvent(frame.body) };
    case 'text/event-json':
      return { kind: 'event', event: parseJsonEvent(frame.body) };
    case 'log/data':
      return { kind: 'log', headers, text: frame.body };
    case 'text/disconnect-notice':
      return { kind: 'disconnect-notice', headers, text: frame.body };
    case 'text/rude-rejection':
      return { kind: 'rude-rejection', text: frame.body };
    default:
      return { kind: 'unknown', contentType, body: frame.body };
  }
}
