import type { AgreedCodec, LocalMedia, Negotiation } from './agreement.ts';
import { formatSdp } from './format.ts';
import { codecAttributes, keypadAttributes } from './local-attributes.ts';
import { negotiate } from './negotiate.ts';

/** What we offer, best first. Dynamic numbers are ours to choose (RFC 3551 section 6). */
const OFFERED: readonly AgreedCodec[] = [
  { name: 'opus', payloadType: 96, clockHz: 48_000 },
  { name: 'G722', payloadType: 9, clockHz: 8000 },
  { name: 'PCMU', payloadType: 0, clockHz: 8000 },
  { name: 'PCMA', payloadType: 8, clockHz: 8000 },
];

const KEYPADS = [
  { payloadType: 101, clockHz: 8000 },
  { payloadType: 97, clockHz: 48_000 },
];

/** Our own offer: plain RTP, every codec that we speak, keypad events on both clocks. */
export function formatOffer(local: LocalMedia): string {
  const formats = [...OFFERED, ...KEYPADS].map(({ payloadType }) => String(payloadType));
  return formatSdp({
    origin: {
      username: '-',
      sessionId: local.sessionId,
      sessionVersion: String(local.sessionVersion),
      address: local.address,
    },
    name: '-',
    connection: local.address,
    attributes: [],
    media: [
      {
        kind: 'audio',
        port: local.port,
        protocol: 'RTP/AVP',
        formats,
        attributes: [
          ...OFFERED.flatMap((codec) => codecAttributes(codec, undefined)),
          ...KEYPADS.flatMap(keypadAttributes),
          { name: 'ptime', value: '20' },
          { name: 'sendrecv' },
          { name: 'rtcp', value: String(local.rtcpPort) },
        ],
      },
    ],
  });
}

/**
 * What an answer to `formatOffer` came to. An answer that takes a codec or a profile that was not
 * offered is `bad-sdp`.
 */
export function readAnswer(text: string): Negotiation {
  const outcome = negotiate(text);
  if (outcome.kind === 'refused') return outcome;
  const { codec, mediaIndex, security } = outcome.agreement;
  const offered = OFFERED.some((c) => c.name === codec.name && c.payloadType === codec.payloadType);
  const fits = mediaIndex === 0 && security === undefined && offered;
  return fits ? outcome : { kind: 'refused', reason: 'bad-sdp' };
}
