/** One header line of a frame, a command or an event. */
export interface EslHeader {
  readonly name: string;
  readonly value: string;
}

/** Headers in the order FreeSWITCH writes them; a name may stand twice. */
export type EslHeaders = readonly EslHeader[];

/** The peer broke the event socket's rules; nothing that follows on the connection can be trusted. */
export class EslProtocolError extends Error {
  override readonly name = 'EslProtocolError';
}

/** `Name: value` lines as headers. Lines without a colon are skipped, as FreeSWITCH skips them. */
export function parseHeaders(text: string): EslHeader[] {
  const headers: EslHeader[] = [];
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const end = line.endsWith('\r') ? line.length - 1 : line.length;
    headers.push({
      name: line.slice(0, colon),
      value: line.slice(colon + 1, end).replace(/^ +/, ''),
    });
  }
  return headers;
}

/** The first value of a header; names are matched without regard to case, as FreeSWITCH does. */
export function headerOf(headers: EslHeaders, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find((each) => each.name.toLowerCase() === wanted)?.value;
}
