import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BrowserPage } from '../support/browser-page.ts';
import { MediaProbe, OPEN_MIX } from '../support/media-probe.ts';

/** Runs in the page: microphone to an offer with all candidates, as SIP.js does. */
async function makeOffer(): Promise<string> {
  const pc = new RTCPeerConnection();
  Object.assign(globalThis, { pc });
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  for (const track of stream.getTracks()) pc.addTrack(track, stream);
  // A softphone that offers video too must not lose its voice over it.
  pc.addTransceiver('video');
  pc.ontrack = ({ track }) => {
    const speaker = document.querySelector('audio');
    if (speaker) speaker.srcObject = new MediaStream([track]);
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    Object.assign(globalThis, { analyser, context });
  };
  await pc.setLocalDescription(await pc.createOffer());
  if (pc.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
    });
  }
  return pc.localDescription?.sdp ?? '';
}

/** Runs in the page: the loudest frequency that arrives, once anything loud does. */
async function loudestHz(): Promise<number> {
  const { analyser, context } = globalThis as unknown as {
    analyser: AnalyserNode;
    context: AudioContext;
  };
  const levels = new Float32Array(analyser.frequencyBinCount);
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.indexOf(Math.max(...levels));
    if ((levels[loudest] ?? -200) > -40) return (loudest * context.sampleRate) / analyser.fftSize;
  }
}

/** Runs in the page: a later offer of the same call. */
async function offerAgain(change: { direction?: 'sendonly' | 'sendrecv'; iceRestart?: boolean }) {
  const { pc } = globalThis as unknown as { pc: RTCPeerConnection };
  const [voice] = pc.getTransceivers();
  if (voice && change.direction) voice.direction = change.direction;
  await pc.setLocalDescription(await pc.createOffer({ iceRestart: change.iceRestart === true }));
  if (pc.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
    });
  }
  return pc.localDescription?.sdp ?? '';
}

const acceptAnswer = async (sdp: string) => {
  const { pc } = globalThis as unknown as { pc: RTCPeerConnection };
  await pc.setRemoteDescription({ type: 'answer', sdp });
};

describe.skipIf(!existsSync('/usr/bin/chromium'))('a browser in a room with a phone', () => {
  let media: MediaProbe;
  let browser: BrowserPage;

  beforeAll(async () => {
    media = await MediaProbe.start();
    browser = await BrowserPage.open(770);
    media.command({ kind: 'open-room', room: 'm-1', sampleRateHz: 48_000 });
  });
  afterAll(async () => {
    await browser.close();
    await media.stop();
  });

  async function update(change: Parameters<typeof offerAgain>[0]) {
    const offer = await browser.page.evaluate(offerAgain, change);
    media.events.length = 0;
    media.command({ kind: 'update-leg', leg: 'tab', offer });
    const answered = await media.event('leg-answered', (event) => event.leg === 'tab');
    await browser.page.evaluate(acceptAnswer, answered.answer);
    return answered;
  }

  test('Chromium and a desk phone hear each other through hold, ICE restart and digits; a closed tab is noticed at once', async () => {
    const phone = await media.join('m-1', { codec: 'PCMU', toneHz: 500 });
    const offer = await browser.page.evaluate(makeOffer);
    media.command({ kind: 'answer-leg', leg: 'tab', offer });
    const answered = await media.event('leg-answered', (event) => event.leg === 'tab');
    expect(answered).toMatchObject({ codec: 'opus', clockRateHz: 48_000, heldByPeer: false });
    await browser.page.evaluate(acceptAnswer, answered.answer);
    media.command({ kind: 'start-leg', leg: 'tab' });
    media.command({ kind: 'join-room', room: 'm-1', leg: 'tab', mix: OPEN_MIX });
    await media.event('leg-connected', (event) => event.leg === 'tab');
    await phone.peer.hearsOnly(770);
    expect(Math.abs((await browser.page.evaluate(loudestHz)) - 500)).toBeLessThan(20);

    expect((await update({ direction: 'sendonly' })).heldByPeer).toBe(true);
    expect((await update({ direction: 'sendrecv' })).heldByPeer).toBe(false);
    await update({ iceRestart: true });
    await phone.peer.hearsOnly(770);

    await browser.page.evaluate(() => {
      const { pc } = globalThis as unknown as { pc: RTCPeerConnection };
      pc.getSenders()[0]?.dtmf?.insertDTMF('5#', 100, 70);
    });
    await media.event('digit', (event) => event.leg === 'tab' && event.digit === '5');
    await media.event('digit', (event) => event.leg === 'tab' && event.digit === '#');

    expect(media.events.filter((event) => event.kind === 'media-timeout')).toEqual([]);
    const before = performance.now();
    await browser.page.evaluate(() => {
      const { pc } = globalThis as unknown as { pc: RTCPeerConnection };
      pc.close();
    });
    await media.event('media-timeout', (event) => event.leg === 'tab', 15_000);
    expect(performance.now() - before).toBeLessThan(1500);
    media.command({ kind: 'close-leg', leg: 'tab' });
    media.command({ kind: 'close-leg', leg: phone.leg });
  }, 40_000);

  test('a killed tab is noticed within 15 seconds', async () => {
    const offer = await browser.page.evaluate(makeOffer);
    media.command({ kind: 'answer-leg', leg: 'doomed', offer });
    const { answer } = await media.event('leg-answered', (event) => event.leg === 'doomed');
    await browser.page.evaluate(acceptAnswer, answer);
    media.command({ kind: 'start-leg', leg: 'doomed' });
    await media.event('leg-connected', (event) => event.leg === 'doomed');
    const before = performance.now();
    await browser.kill();
    await media.event('media-timeout', (event) => event.leg === 'doomed', 15_000);
    expect(performance.now() - before).toBeGreaterThan(5000);
  }, 40_000);
});
