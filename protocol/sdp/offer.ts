import type { AgreedCodec, LocalMedia, Negotiation } from './agreement.ts';
import { formatSdp } from './format.ts';
import { codecAttributes, iceAndDtls, keypadAttributes, track } from './local-attributes.ts';
import { negotiate } from './negotiate.ts';
import type { SdpAttribute } from './session.ts';

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

/**
 * Our own offer: every codec that we speak, keypad events on both clocks. Plain RTP; with `security` what a
 * browser needs: ICE-lite, DTLS-SRTP, one port for all (RFC 8829, RFC 8842, RFC 8843).
 */
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
    attributes: local.security ? BROWSER_SESSION : [],
    media: [
      {
        kind: 'audio',
        port: local.port,
        protocol: local.security ? 'UDP/TLS/RTP/SAVPF' : 'RTP/AVP',
        formats,
        attributes: [
          ...OFFERED.flatMap((codec) => codecAttributes(codec, undefined)),
          ...KEYPADS.flatMap(keypadAttributes),
          { name: 'ptime', value: '20' },
          { name: 'sendrecv' },
          { name: 'rtcp', value: String(local.rtcpPort) },
          ...(local.security ? browserAttributes(local) : []),
        ],
      },
    ],
  });
}

const MID = '0';

const BROWSER_SESSION: readonly SdpAttribute[] = [
  { name: 'ice-lite' },
  { name: 'group', value: `BUNDLE ${MID}` },
  { name: 'msid-semantic', value: ' WMS *' },
];

function browserAttributes(local: LocalMedia): readonly SdpAttribute[] {
  return [
    { name: 'mid', value: MID },
    { name: 'rtcp-mux' },
    ...iceAndDtls(local, 'actpass'),
    ...track(local),
  ];
}

/**
 * What an answer to `formatOffer` came to. An answer that takes a codec or a profile that was not
 * offered is `bad-sdp`. `secured`: whether a browser's media was offered.
 */
export function readAnswer(text: string, secured = false): Negotiation {
  const outcome = negotiate(text);
  if (outcome.kind === 'refused') return outcome;
  const { codec, mediaIndex, security } = outcome.agreement;
  const offered = OFFERED.some((c) => c.name === codec.name && c.payloadType === codec.payloadType);
  const fits = mediaIndex === 0 && (security !== undefined) === secured && offered;
  return fits ? outcome : { kind: 'refused', reason: 'bad-sdp' };
}
