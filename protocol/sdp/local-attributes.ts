import { VOICE_CODECS } from './agreement.ts';
import type { AgreedCodec, Agreement, LocalMedia } from './agreement.ts';
import type { SdpAttribute } from './session.ts';

/** `a=rtpmap` and `a=fmtp` of a codec and of the keypad. */
export function codecAttributes(
  codec: AgreedCodec,
  telephoneEvent: Agreement['telephoneEvent'],
): SdpAttribute[] {
  const { payloadType, name, clockHz } = codec;
  const { channels } = VOICE_CODECS[name];
  const suffix = channels === 1 ? '' : `/${channels}`;
  const attributes = [{ name: 'rtpmap', value: `${payloadType} ${name}/${clockHz}${suffix}` }];
  if (name === 'opus') {
    attributes.push({ name: 'fmtp', value: `${payloadType} minptime=10;useinbandfec=1;stereo=0` });
  }
  return telephoneEvent ? [...attributes, ...keypadAttributes(telephoneEvent)] : attributes;
}

/** Digits, star, pound and A to D: events 0 to 15 (RFC 4733 section 2.5.2.1). */
export function keypadAttributes(event: {
  readonly payloadType: number;
  readonly clockHz: number;
}): SdpAttribute[] {
  return [
    { name: 'rtpmap', value: `${event.payloadType} telephone-event/${event.clockHz}` },
    { name: 'fmtp', value: `${event.payloadType} 0-15` },
  ];
}

/** ICE-lite with our one host candidate (RFC 8839), and DTLS (RFC 8842); nothing for plain RTP. */
export function securityAttributes(local: LocalMedia, agreement: Agreement): SdpAttribute[] {
  if (!agreement.security) return [];
  return iceAndDtls(local, agreement.security.dtlsRole === 'server' ? 'passive' : 'active');
}

/** The same for an offer of ours: `actpass` (RFC 8842 section 5.2). */
export function iceAndDtls(
  local: LocalMedia,
  setup: 'actpass' | 'active' | 'passive',
): SdpAttribute[] {
  const { security } = local;
  if (!security) return [];
  const { hash, value } = security.fingerprint;
  return [
    { name: 'ice-ufrag', value: security.ufrag },
    { name: 'ice-pwd', value: security.password },
    { name: 'fingerprint', value: `${hash} ${value}` },
    { name: 'setup', value: setup },
    { name: 'candidate', value: `1 1 udp 2130706431 ${local.address} ${local.port} typ host` },
    { name: 'end-of-candidates' },
  ];
}

/** Who sends: browsers make their remote track of these (RFC 5576, RFC 8830). */
export function sourceAttributes(local: LocalMedia, agreement: Agreement): SdpAttribute[] {
  return agreement.security ? track(local) : [];
}

export function track(local: Pick<LocalMedia, 'cname' | 'ssrc'>): SdpAttribute[] {
  const id = `${local.cname} voice`;
  return [
    { name: 'msid', value: id },
    { name: 'ssrc', value: `${local.ssrc} cname:${local.cname}` },
    { name: 'ssrc', value: `${local.ssrc} msid:${id}` },
  ];
}
