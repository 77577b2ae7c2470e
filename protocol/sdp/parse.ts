import type { SdpAttribute, SdpOrigin, SdpSession } from './session.ts';

/** The peer's description cannot be read. `message` says what is wrong and holds none of its text beyond 80 characters. */
export class SdpError extends Error {}

const MAX_BYTES = 65_536;
const MAX_MEDIA = 32;
const MAX_LINES = 2_000;

interface MediaDraft {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  connection?: string;
  readonly attributes: SdpAttribute[];
}

interface Draft {
  origin?: SdpOrigin;
  name: string;
  connection?: string;
  readonly attributes: SdpAttribute[];
  readonly media: MediaDraft[];
}

/**
 * Text to session (RFC 8866). Lenient: bare LF, missing `s=` and `t=`, unknown lines. Throws
 * SdpError where no sense can be made of it.
 */
export function parseSdp(text: string): SdpSession {
  if (text.length > MAX_BYTES) throw new SdpError('SDP is longer than 65536 characters');
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length > MAX_LINES) throw new SdpError('SDP has more than 2000 lines');
  if (lines[0] !== 'v=0') throw new SdpError('SDP does not begin with v=0');
  const draft: Draft = { name: '-', attributes: [], media: [] };
  for (const line of lines) readLine(draft, line);
  if (draft.origin === undefined) throw new SdpError('SDP has no o= line');
  return finish(draft, draft.origin);
}

function finish(draft: Draft, origin: SdpOrigin): SdpSession {
  const { name, attributes, media, connection } = draft;
  return {
    origin,
    name,
    attributes,
    media: media,
    ...(connection !== undefined && { connection }),
  };
}

function readLine(draft: Draft, line: string): void {
  if (line === '') return;
  if (line[1] !== '=') throw new SdpError(`bad SDP line: ${shown(line)}`);
  const value = line.slice(2);
  const media = draft.media.at(-1);
  switch (line[0]) {
    case 'o':
      draft.origin = readOrigin(value);
      return;
    case 's':
      draft.name = value;
      return;
    case 'c':
      (media ?? draft).connection = readConnection(value);
      return;
    case 'a':
      (media ?? draft).attributes.push(readAttribute(value));
      return;
    case 'm':
      if (draft.media.length === MAX_MEDIA) throw new SdpError('SDP has more than 32 media lines');
      draft.media.push(readMedia(value));
      return;
    default:
      return;
  }
}

function readOrigin(value: string): SdpOrigin {
  const [username, sessionId, sessionVersion, , , address] = value.trim().split(/\s+/);
  if (!username || !sessionId || !sessionVersion || !address) {
    throw new SdpError(`bad o= line: ${shown(value)}`);
  }
  return { username, sessionId, sessionVersion, address };
}

function readConnection(value: string): string {
  const match = /^IN\s+IP[46]\s+([0-9A-Za-z.:%_-]{1,255})(\/[\d/]+)?\s*$/.exec(value);
  if (!match?.[1]) throw new SdpError(`bad c= line: ${shown(value)}`);
  return match[1];
}

function readAttribute(value: string): SdpAttribute {
  const colon = value.indexOf(':');
  if (colon < 0) return { name: value.trim() };
  return { name: value.slice(0, colon), value: value.slice(colon + 1).trim() };
}

function readMedia(value: string): MediaDraft {
  const [kind, ports, protocol, ...formats] = value.trim().split(/\s+/);
  const port = /^\d{1,5}(\/\d+)?$/.test(ports ?? '') ? Number.parseInt(ports ?? '', 10) : NaN;
  if (!kind || !protocol || !(port <= 65_535)) {
    throw new SdpError(`bad m= line: ${shown(value)}`);
  }
  return { kind, port, protocol, formats, attributes: [] };
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
