import { DrachtioProtocolError } from './frame.ts';

/**
 * What an application says to drachtio-server, one frame each: `<id>|<command>|<tokens>`, and for
 * SIP the message after the first CRLF (drachtio-server src/client.cpp, `processClientMessage`).
 */
export type ClientMessage =
  | {
      readonly kind: 'authenticate';
      readonly id: string;
      readonly secret: string;
      readonly tags: readonly string[];
    }
  | {
      readonly kind: 'route' | 'remove-route';
      readonly id: string;
      /** Lower case, as drachtio compares it. */
      readonly method: string;
    }
  | { readonly kind: 'ping'; readonly id: string }
  | {
      readonly kind: 'sip';
      readonly id: string;
      /** Empty where the client named none. */
      readonly transactionId: string;
      readonly dialogId: string;
      readonly routeUri: string;
      /** SIP as a client writes it: incomplete on purpose, the server fills what belongs to it. */
      readonly text: string;
    }
  | { readonly kind: 'proxy'; readonly id: string; readonly transactionId: string }
  | { readonly kind: 'unknown'; readonly id: string; readonly command: string };

const CRLF = '\r\n';

/** Throws DrachtioProtocolError where there is not even an id to answer to. */
export function parseClientMessage(text: string): ClientMessage {
  const tokens = (text.split(CRLF, 1)[0] ?? '').split('|');
  const token = (place: number) => tokens[place] ?? '';
  const id = token(0);
  const command = token(1);
  if (id === '' || command === '') throw new DrachtioProtocolError('message without id');
  switch (command) {
    case 'authenticate':
      return { kind: 'authenticate', id, secret: token(2), tags: tagsOf(token(3)) };
    case 'route':
      return { kind: 'route', id, method: token(2).toLowerCase() };
    case 'remove_route':
      return { kind: 'remove-route', id, method: token(2).toLowerCase() };
    case 'ping':
      return { kind: 'ping', id };
    case 'sip':
      return {
        kind: 'sip',
        id,
        transactionId: token(2),
        dialogId: token(3),
        routeUri: token(4),
        text: afterFirstLine(text),
      };
    case 'proxy':
      return { kind: 'proxy', id, transactionId: token(2) };
    default:
      return { kind: 'unknown', id, command };
  }
}

/** What follows the tokens, '' where nothing does. */
function afterFirstLine(text: string): string {
  const end = text.indexOf(CRLF);
  return end < 0 ? '' : text.slice(end + CRLF.length);
}

function tagsOf(token: string): string[] {
  return token.split(',').filter((tag) => tag !== '');
}

/** Where a SIP message came from or went to, as every event and receipt carries it. */
export interface WireMeta {
  readonly source: 'network' | 'application';
  readonly bytes: number;
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  /** `HH:MM:SS.microseconds`, UTC. */
  readonly time: string;
}

/** The answer to a command. `NO` refuses a command, `NOK` says that SIP could not be sent. */
export function formatOk(id: string, to: string, ...fields: readonly string[]): string {
  return [id, 'response', to, 'OK', ...fields].join('|');
}

export function formatRefusal(id: string, to: string, word: 'NO' | 'NOK', why: string): string {
  return [id, 'response', to, word, why].join('|');
}

/** Receipt of a request that the client sent: it learns the transaction and the text as it left. */
export function formatRequestSent(
  id: string,
  to: string,
  sent: { readonly meta: WireMeta; readonly transactionId: string; readonly text: string },
): string {
  const fields = [...metaFields(sent.meta), sent.transactionId, 'Msg sent:', ''];
  return formatOk(id, to, ...fields) + CRLF + sent.text;
}

/** Receipt of a response: it carries the dialog too, which a 2xx to an INVITE begins. */
export function formatResponseSent(
  id: string,
  to: string,
  sent: SipEvent & { readonly dialogId: string },
): string {
  const fields = [...metaFields(sent.meta), sent.transactionId, sent.dialogId, '', 'Msg sent:', ''];
  return formatOk(id, to, ...fields) + CRLF + sent.text;
}

export interface SipEvent {
  readonly meta: WireMeta;
  readonly transactionId: string;
  readonly text: string;
}

/** A request outside a dialog, with the address it was received on. */
export function formatNewRequest(
  id: string,
  event: SipEvent,
  receivedOn: { readonly address: string; readonly port: number },
): string {
  const { address, port } = receivedOn;
  const fields = [...metaFields(event.meta), event.transactionId, '', address, `${port}`, ''];
  return [id, 'sip', ...fields].join('|') + CRLF + event.text;
}

/** A request or response that belongs to a dialog or to a transaction of the client. */
export function formatSipEvent(
  id: string,
  event: SipEvent & { readonly dialogId: string },
): string {
  const fields = [...metaFields(event.meta), event.transactionId, event.dialogId, ''];
  return [id, 'sip', ...fields].join('|') + CRLF + event.text;
}

function metaFields(meta: WireMeta): string[] {
  const { source, bytes, protocol, address, port, time } = meta;
  return [source, `${bytes}`, protocol, address, `${port}`, time];
}
