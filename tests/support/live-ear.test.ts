import { expect, test } from 'vitest';
import { startTicker } from '../../switch/media/ticker.ts';
import { recordingsOf } from './prompt-ear.ts';
import { earOf } from './live-ear.ts';
import { playlist, PROMPT_RATE_HZ } from './prompt-line.ts';
import { resampled } from './prompt-frames.ts';
import { RtpPeer } from './rtp-peer.ts';

test('a phone hears a prompt on the line, and that the line is silent after it', async () => {
  const saying = { kind: 'talking-while-muted' } as const;
  const { pcm } = playlist(recordingsOf(saying, 'en'), 'en', 0);
  const [switchEnd, phone] = await Promise.all([RtpPeer.open(), RtpPeer.open()]);
  const live = await earOf(phone, 'en');
  const said = resampled(pcm, PROMPT_RATE_HZ, phone.sampleRateHz);
  switchEnd.sendTo(phone.sdp());
  let at = 0;
  const stop = startTicker(
    () => {
      // Whole frames, and then nothing at all, as a switch that has no more to say.
      if (at + 160 <= said.length) switchEnd.sendFrame(said.subarray(at, at + 160));
      at += 160;
    },
    () => performance.now(),
  );
  try {
    const heard = await live.ear.hearsSaying(saying, 12_000);
    expect(heard.map(({ name }) => name)).toEqual(['talking-while-muted', 'press-to-unmute']);
  } finally {
    stop();
    live.close();
    switchEnd.close();
    phone.close();
  }
}, 20_000);
