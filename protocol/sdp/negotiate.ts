import { VOICE_CODECS } from './agreement.ts';
import type {
  AgreedCodec,
  Agreement,
  Fingerprint,
  Negotiation,
  RemoteAddress,
  RemoteSecurity,
  VoiceCodec,
} from './agreement.ts';
import { addressOf, attributeOf, directionOf, hasFlag, mirrored, rtpMapsOf } from './media.ts';
import { parseSdp, SdpError } from './parse.ts';
import type { RtpMap, SdpMedia, SdpSession } from './session.ts';

const NO_CODEC: Negotiation = { kind: 'refused', reason: 'no-common-codec' };
const BAD_SDP: Negotiation = { kind: 'refused', reason: 'bad-sdp' };

/** Plain RTP, and RTP keyed by DTLS-SRTP (RFC 5764). SDES (RFC 4568) is not spoken. */
const PLAIN = new Set(['RTP/AVP', 'RTP/AVPF']);
const SECURE = new Set(['UDP/TLS/RTP/SAVP', 'UDP/TLS/RTP/SAVPF', 'RTP/SAVP', 'RTP/SAVPF']);

/**
 * What the peer's description and ours come to: the first voice line that we can take (RFC 3264).
 * Phones get the first codec in their own order; browsers get Opus where they have it.
 */
export function negotiate(text: string): Negotiation {
  const session = parsed(text);
  return session === undefined ? BAD_SDP : negotiateSession(session);
}

/** The same, for a description that is parsed already. */
export function negotiateSession(session: SdpSession): Negotiation {
  let verdict: Negotiation = NO_CODEC;
  for (const [index, media] of session.media.entries()) {
    if (media.kind !== 'audio' || media.port === 0) continue;
    const outcome = negotiateLine(session, media, index);
    if (outcome.kind === 'agreed') return outcome;
    if (outcome.reason === 'bad-sdp') verdict = outcome;
  }
  return verdict;
}

function parsed(text: string): SdpSession | undefined {
  try {
    return parseSdp(text);
  } catch (error) {
    if (error instanceof SdpError) return undefined;
    throw error;
  }
}

function negotiateLine(session: SdpSession, media: SdpMedia, mediaIndex: number): Negotiation {
  const secured = isSecured(session, media);
  if (secured === undefined) return NO_CODEC;
  const security = secured ? securityOf(session, media) : undefined;
  if (secured && security === undefined) return BAD_SDP;
  const maps = rtpMapsOf(media);
  const codec = chooseCodec(maps, secured);
  if (codec === undefined) return NO_CODEC;
  const address = addressOf(session, media);
  if (address === undefined && !secured) return BAD_SDP;
  const agreement: Agreement = {
    mediaIndex,
    codec,
    direction: mirrored(directionOf(session, media)),
    heldByPeer: directionOf(session, media) !== 'sendrecv' || (!secured && isNowhere(address)),
    rtcpMux: hasFlag(media, 'rtcp-mux'),
    ...keypad(maps, codec),
    ...comfortNoise(maps, codec),
    ...(security && { security }),
    ...(!secured && remote(media, address)),
  };
  return { kind: 'agreed', agreement };
}

/** undefined: a profile that we do not speak. */
function isSecured(session: SdpSession, media: SdpMedia): boolean | undefined {
  if (PLAIN.has(media.protocol)) return false;
  if (!SECURE.has(media.protocol)) return undefined;
  const hasKey = attributeOf(session, media, 'fingerprint') !== undefined;
  const needsKey = media.protocol.startsWith('UDP/TLS/');
  return hasKey || needsKey ? true : undefined;
}

function chooseCodec(maps: readonly RtpMap[], preferOpus: boolean): AgreedCodec | undefined {
  const spoken = maps.flatMap((map) => {
    const name = voiceCodec(map);
    return name ? [{ name, payloadType: map.payloadType, clockHz: map.clockHz }] : [];
  });
  return (preferOpus ? spoken.find((c) => c.name === 'opus') : undefined) ?? spoken[0];
}

/** Our name for a payload type, where we speak it. */
function voiceCodec(map: RtpMap): VoiceCodec | undefined {
  for (const [name, { clockHz, channels }] of Object.entries(VOICE_CODECS)) {
    const fits = map.name.toLowerCase() === name.toLowerCase() && map.clockHz === clockHz;
    if (fits && map.channels === channels) return name as VoiceCodec;
  }
  return undefined;
}

function keypad(
  maps: readonly RtpMap[],
  codec: AgreedCodec,
): Pick<Agreement, 'telephoneEvent'> | undefined {
  const events = maps.filter((map) => map.name.toLowerCase() === 'telephone-event');
  const chosen = events.find((map) => map.clockHz === codec.clockHz) ?? events[0];
  return (
    chosen && {
      telephoneEvent: { payloadType: chosen.payloadType, clockHz: chosen.clockHz },
    }
  );
}

function comfortNoise(
  maps: readonly RtpMap[],
  codec: AgreedCodec,
): Pick<Agreement, 'comfortNoise'> | undefined {
  const found = maps.find((map) => map.name === 'CN' && map.clockHz === codec.clockHz);
  return found && { comfortNoise: found.payloadType };
}

function remote(
  media: SdpMedia,
  address: string | undefined,
): { remote: RemoteAddress } | undefined {
  if (address === undefined || isNowhere(address) || !isAddress(address)) return undefined;
  const stated = /^(\d{1,5})\b/.exec(media.attributes.find((a) => a.name === 'rtcp')?.value ?? '');
  const rtcpPort = stated ? Number(stated[1]) : media.port + 1;
  return { remote: { address, port: media.port, rtcpPort: Math.min(rtcpPort, 65_535) } };
}

/** A literal address: names in `c=` are not looked up. */
function isAddress(address: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(address) || /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(address);
}

function isNowhere(address: string | undefined): boolean {
  return address === '0.0.0.0' || address === '::';
}

function securityOf(session: SdpSession, media: SdpMedia): RemoteSecurity | undefined {
  const ufrag = attributeOf(session, media, 'ice-ufrag') ?? '';
  const password = attributeOf(session, media, 'ice-pwd') ?? '';
  const fingerprints = fingerprintsOf(session, media);
  const dtlsRole = dtlsRoleAgainst(attributeOf(session, media, 'setup') ?? 'actpass');
  const usable = /^[A-Za-z0-9+/]{4,256}$/.test(ufrag) && /^[A-Za-z0-9+/]{22,256}$/.test(password);
  if (!usable || fingerprints.length === 0 || dtlsRole === undefined) return undefined;
  // One UDP port serves all browsers, so there is no second one for RTCP.
  if (!hasFlag(media, 'rtcp-mux')) return undefined;
  return { ufrag, password, fingerprints, dtlsRole };
}

/** RFC 8842 section 5: to `actpass` we say `passive`, so the peer begins the handshake. */
function dtlsRoleAgainst(setup: string): RemoteSecurity['dtlsRole'] | undefined {
  if (setup === 'actpass' || setup === 'active') return 'server';
  return setup === 'passive' ? 'client' : undefined;
}

/** Hash functions that RFC 8122 allows and that are not broken. */
const HASH_HEX_PAIRS: ReadonlyMap<string, number> = new Map([
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
]);

function fingerprintsOf(session: SdpSession, media: SdpMedia): Fingerprint[] {
  const own = media.attributes.filter((a) => a.name === 'fingerprint');
  const stated = own.length > 0 ? own : session.attributes.filter((a) => a.name === 'fingerprint');
  return stated.flatMap((attribute) => {
    const [hash = '', value = ''] = (attribute.value ?? '').split(/\s+/);
    const pairs = HASH_HEX_PAIRS.get(hash.toLowerCase());
    const well =
      pairs === value.split(':').length && /^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})*$/.test(value);
    return well ? [{ hash: hash.toLowerCase(), value: value.toUpperCase() }] : [];
  });
}
