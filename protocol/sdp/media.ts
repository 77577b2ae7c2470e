import type { Direction, RtpMap, SdpMedia, SdpSession } from './session.ts';

/** The first value of an attribute of a media line, or of the session where the line has none. */
export function attributeOf(
  session: SdpSession,
  media: SdpMedia,
  name: string,
): string | undefined {
  const found =
    media.attributes.find((a) => a.name === name) ??
    session.attributes.find((a) => a.name === name);
  return found && (found.value ?? '');
}

export function hasFlag(media: SdpMedia, name: string): boolean {
  return media.attributes.some((a) => a.name === name);
}

/** Where a media line wants its RTP; undefined when no `c=` line says. */
export function addressOf(session: SdpSession, media: SdpMedia): string | undefined {
  return media.connection ?? session.connection;
}

/** RFC 8866 section 6.7: sendrecv when nothing is said. */
export function directionOf(session: SdpSession, media: SdpMedia): Direction {
  for (const scope of [media, session]) {
    for (const { name } of scope.attributes) {
      if (isDirection(name)) return name;
    }
  }
  return 'sendrecv';
}

/** What the other side must say to a direction (RFC 3264 section 6.1). */
export function mirrored(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly';
  if (direction === 'recvonly') return 'sendonly';
  return direction;
}

function isDirection(name: string): name is Direction {
  return name === 'sendrecv' || name === 'sendonly' || name === 'recvonly' || name === 'inactive';
}

/** RFC 3551 table 4, the ones that phones still offer without an rtpmap. */
const STATIC: ReadonlyMap<number, readonly [string, number]> = new Map([
  [0, ['PCMU', 8000]],
  [3, ['GSM', 8000]],
  [8, ['PCMA', 8000]],
  [9, ['G722', 8000]],
  [13, ['CN', 8000]],
  [18, ['G729', 8000]],
]);

/** Every payload type of the line that has a meaning, in the line's order, each once. */
export function rtpMapsOf(media: SdpMedia): RtpMap[] {
  const maps: RtpMap[] = [];
  for (const format of media.formats) {
    if (!/^\d{1,3}$/.test(format)) continue;
    const payloadType = Number(format);
    if (payloadType > 127 || maps.some((m) => m.payloadType === payloadType)) continue;
    const map = rtpMap(media, payloadType);
    if (map) maps.push(map);
  }
  return maps;
}

function rtpMap(media: SdpMedia, payloadType: number): RtpMap | undefined {
  const named = mapped(media, payloadType);
  const fixed = STATIC.get(payloadType);
  const basis = named ?? (fixed && { payloadType, name: fixed[0], clockHz: fixed[1], channels: 1 });
  if (basis === undefined) return undefined;
  const parameters = perFormat(media, 'fmtp', payloadType);
  return { ...basis, ...(parameters !== undefined && { parameters }) };
}

function mapped(media: SdpMedia, payloadType: number): RtpMap | undefined {
  const match = /^([\w.-]{1,64})\/(\d{1,6})(?:\/(\d))?\s*$/.exec(
    perFormat(media, 'rtpmap', payloadType) ?? '',
  );
  if (!match?.[1] || !match[2]) return undefined;
  return {
    payloadType,
    name: match[1],
    clockHz: Number(match[2]),
    channels: Number(match[3] ?? 1),
  };
}

function perFormat(media: SdpMedia, name: string, payloadType: number): string | undefined {
  const prefix = `${payloadType} `;
  const found = media.attributes.find((a) => a.name === name && a.value?.startsWith(prefix));
  return found?.value?.slice(prefix.length);
}
