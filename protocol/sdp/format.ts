import type { SdpAttribute, SdpMedia, SdpSession } from './session.ts';

/** Session to text (RFC 8866), lines ended by CRLF, in the order that the RFC wants. */
export function formatSdp(session: SdpSession): string {
  const { origin } = session;
  const lines = [
    'v=0',
    `o=${origin.username} ${origin.sessionId} ${origin.sessionVersion} IN ${family(origin.address)} ${origin.address}`,
    `s=${session.name}`,
    ...connection(session.connection),
    't=0 0',
    ...session.attributes.map(attribute),
    ...session.media.flatMap(media),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

function media(m: SdpMedia): string[] {
  return [
    `m=${m.kind} ${m.port} ${m.protocol} ${m.formats.join(' ')}`,
    ...connection(m.connection),
    ...m.attributes.map(attribute),
  ];
}

function connection(address: string | undefined): string[] {
  return address === undefined ? [] : [`c=IN ${family(address)} ${address}`];
}

function attribute({ name, value }: SdpAttribute): string {
  return value === undefined ? `a=${name}` : `a=${name}:${value}`;
}

function family(address: string): 'IP4' | 'IP6' {
  return address.includes(':') ? 'IP6' : 'IP4';
}
