/**
 * A header field as it stood: its name in canonical long form and case (`Via`, `Call-ID`), one
 * entry a header line value, in order. Comma-separated values of list headers are already apart.
 */
export interface SipHeader {
  readonly name: string;
  readonly value: string;
}

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  /** The Request-URI as text. */
  readonly uri: string;
  readonly headers: readonly SipHeader[];
  readonly body: string;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly SipHeader[];
  readonly body: string;
}

export type SipMessage = SipRequest | SipResponse;

/** The first value of a header, by canonical name. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.find((each) => each.name === name)?.value;
}

/** Every value of a header, in order, by canonical name. */
export function headerValues(message: SipMessage, name: string): string[] {
  return message.headers.filter((each) => each.name === name).map((each) => each.value);
}

/** The message with one header in place of all of that name; at the place of the first, else last. */
export function withHeader<M extends SipMessage>(message: M, name: string, value: string): M {
  const at = message.headers.findIndex((each) => each.name === name);
  const others = message.headers.filter((each) => each.name !== name);
  const place = at < 0 ? others.length : at;
  const headers = [...others.slice(0, place), { name, value }, ...others.slice(place)];
  return { ...message, headers };
}

/** The message without any header of that name. */
export function withoutHeader<M extends SipMessage>(message: M, name: string): M {
  return { ...message, headers: message.headers.filter((each) => each.name !== name) };
}
