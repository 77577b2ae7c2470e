import type { Channel, Codec } from './channel.ts';
import { setVariable } from './channel.ts';

/** What the call sends and gets, once there is sound. */
export function writeCodecOf({ media }: Channel): Codec | undefined {
  const codec = media.kind === 'ready' ? media.codec : undefined;
  return codec?.name === 'G722' ? G722 : codec;
}

/** Its RTP clock is not its samples' (RFC 3551, section 4.5.2). */
const G722: Codec = { name: 'G722', rate: 16_000 };

/** As what its sound is read: of a conference's members L16 (conference_member.c, conference_member_setup_media). */
export function readCodecOf(channel: Channel): Codec | undefined {
  const codec = writeCodecOf(channel);
  return codec !== undefined && channel.inConference ? { ...codec, name: 'L16' } : codec;
}

/** Goes into a conference, or out of one: its sound is read otherwise (switch_core_session_set_read_codec). */
export function readFor(channel: Channel, inConference: boolean): void {
  channel.inConference = inConference;
  noteCodecs(channel);
}

/** Writes the codecs on the channel. */
export function noteCodecs(channel: Channel): void {
  for (const [way, codec] of [
    ['read', readCodecOf(channel)],
    ['write', writeCodecOf(channel)],
  ] as const) {
    if (codec === undefined) continue;
    setVariable(channel, `${way}_codec`, codec.name);
    setVariable(channel, `${way}_rate`, String(codec.rate));
  }
}

/** Bits a second, 0 where it varies. */
export function bitRateOf({ name, rate }: Codec): number {
  return name === 'L16' ? rate * 16 : (BIT_RATES[name] ?? 0);
}

const BIT_RATES: Readonly<Record<string, number>> = { PCMU: 64000, PCMA: 64000, G722: 64000 };
