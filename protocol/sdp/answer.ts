import type { Agreement, LocalMedia } from './agreement.ts';
import { formatSdp } from './format.ts';
import { attributeOf } from './media.ts';
import type { SdpAttribute, SdpMedia, SdpSession } from './session.ts';
import { codecAttributes, sourceAttributes, securityAttributes } from './local-attributes.ts';

/**
 * The answer to an offer (RFC 3264 section 6): one line for each of the offer's, the agreed voice
 * line filled in, every other one rejected with port 0.
 */
export function formatAnswer(offer: SdpSession, agreement: Agreement, local: LocalMedia): string {
  const media = offer.media.map((line, index) =>
    index === agreement.mediaIndex ? voice(offer, line, agreement, local) : rejected(line),
  );
  return formatSdp({
    origin: {
      username: '-',
      sessionId: local.sessionId,
      sessionVersion: String(local.sessionVersion),
      address: local.address,
    },
    name: '-',
    connection: local.address,
    attributes: sessionAttributes(offer, agreement),
    media,
  });
}

function sessionAttributes(offer: SdpSession, agreement: Agreement): SdpAttribute[] {
  const line = offer.media[agreement.mediaIndex];
  const mid = line && midOf(line);
  const bundles = offer.attributes.some((a) => a.name === 'group' && bundled(a.value, mid));
  return [
    ...(agreement.security ? [{ name: 'ice-lite' }] : []),
    ...(bundles && mid !== undefined ? [{ name: 'group', value: `BUNDLE ${mid}` }] : []),
    ...(agreement.security ? [{ name: 'msid-semantic', value: ' WMS *' }] : []),
  ];
}

function bundled(group: string | undefined, mid: string | undefined): boolean {
  const [semantics, ...mids] = (group ?? '').split(/\s+/);
  return semantics === 'BUNDLE' && mid !== undefined && mids.includes(mid);
}

function voice(
  offer: SdpSession,
  line: SdpMedia,
  agreement: Agreement,
  local: LocalMedia,
): SdpMedia {
  const mid = midOf(line);
  const { codec, telephoneEvent } = agreement;
  const port = agreement.rtcpMux ? local.port : local.rtcpPort;
  return {
    kind: line.kind,
    port: local.port,
    protocol: line.protocol,
    formats: [codec.payloadType, ...(telephoneEvent ? [telephoneEvent.payloadType] : [])].map(
      String,
    ),
    connection: local.address,
    attributes: [
      ...codecAttributes(codec, telephoneEvent),
      ...ptime(offer, line),
      { name: agreement.direction },
      ...(mid === undefined ? [] : [{ name: 'mid', value: mid }]),
      { name: 'rtcp', value: String(port) },
      ...(agreement.rtcpMux ? [{ name: 'rtcp-mux' }] : []),
      ...securityAttributes(local, agreement),
      ...sourceAttributes(local, agreement),
    ],
  };
}

/** We send 20 ms and say so; what the peer sends may differ and is taken. */
function ptime(offer: SdpSession, line: SdpMedia): SdpAttribute[] {
  const longest = Number(attributeOf(offer, line, 'maxptime') ?? 20);
  return longest < 20 ? [] : [{ name: 'ptime', value: '20' }];
}

function rejected(line: SdpMedia): SdpMedia {
  const mid = midOf(line);
  return {
    kind: token(line.kind) ?? 'application',
    port: 0,
    protocol: token(line.protocol) ?? 'RTP/AVP',
    formats: [token(line.formats[0]) ?? '0'],
    attributes: [...(mid === undefined ? [] : [{ name: 'mid', value: mid }]), { name: 'inactive' }],
  };
}

function midOf(line: SdpMedia): string | undefined {
  return token(line.attributes.find((a) => a.name === 'mid')?.value);
}

/** The peer's word, fit to be written into our own text (RFC 8866 token, plus `/` of protocols). */
function token(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w!#$%&'*+./^`{|}~-]{1,64}$/.test(text) ? text : undefined;
}
