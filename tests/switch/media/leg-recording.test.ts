import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parseWav } from '../../../switch/media/dsp/wav.ts';
import { MediaProbe } from '../../support/media-probe.ts';
import { tonesIn } from '../../support/tone-meter.ts';

let media: MediaProbe;
let directory: string;
let count = 0;

beforeAll(async () => {
  media = await MediaProbe.start();
  directory = await mkdtemp(join(tmpdir(), 'partyline-leg-'));
});
afterAll(async () => {
  await media.stop();
  await rm(directory, { recursive: true });
});
afterEach(() => media.hangUp());

const newPath = () => join(directory, `${(count += 1)}.wav`);
const started = (path: string) =>
  media.event('leg-recording-started', (event) => event.path === path);
const stopped = (path: string) =>
  media.event('leg-recording-stopped', (event) => event.path === path);
async function recorded(path: string): Promise<{ rate: number; samples: Int16Array }> {
  const wav = parseWav(await readFile(path));
  if (!wav) throw new Error('no WAV');
  return { rate: wav.sampleRateHz, samples: wav.samples };
}

for (const { codec, sampleRateHz } of [
  { codec: 'PCMU', sampleRateHz: 16_000 },
  { codec: 'opus', sampleRateHz: 16_000 },
  { codec: 'G722', sampleRateHz: 48_000 },
] as const) {
  test(`what a caller by ${codec} says in no room is in the file, at ${sampleRateHz} Hz`, async () => {
    const { peer, leg } = await media.call({ codec, toneHz: 620 });
    peer.speak();
    const path = newPath();
    media.command({ kind: 'record-leg', leg, path, sampleRateHz });
    expect((await started(path)).error).toBeUndefined();
    const before = peer.received.length;
    await peer.until(() => peer.received.length >= before + 60);
    media.command({ kind: 'stop-leg-recording', leg, path });
    const event = await stopped(path);
    const { rate, samples } = await recorded(path);
    expect(event).toMatchObject({ leg, why: 'stopped', sampleRateHz, samples: samples.length });
    expect(rate).toBe(sampleRateHz);
    expect(samples.length).toBeGreaterThan(sampleRateHz);
    expect(tonesIn(samples.subarray(samples.length >> 1), rate)).toEqual([620]);
  });
}

test('a muted member’s words go into his own recording and not into the room', async () => {
  const room = 'm-record';
  media.command({ kind: 'open-room', room, sampleRateHz: 16_000 });
  const listener = await media.join(room);
  const { leg } = await media.join(room, { toneHz: 900 }, { canSpeak: false });
  const path = newPath();
  media.command({ kind: 'record-leg', leg, path, sampleRateHz: 16_000 });
  await started(path);
  await listener.peer.hearsOnly();
  await listener.peer.hearsOnly();
  media.command({ kind: 'stop-leg-recording', leg, path });
  await stopped(path);
  const { rate, samples } = await recorded(path);
  expect(tonesIn(samples, rate)).toEqual([900]);
});

test('a recording ends by itself at its limit', async () => {
  const { peer, leg } = await media.call({ toneHz: 400 });
  peer.speak();
  const path = newPath();
  media.command({ kind: 'record-leg', leg, path, sampleRateHz: 16_000, limitMs: 300 });
  expect(await stopped(path)).toMatchObject({ why: 'limit', samples: 4800 });
});

test('a recording ends by itself when the caller has fallen silent, and not while he speaks', async () => {
  const { peer, leg } = await media.call({ toneHz: 400 });
  peer.speak();
  await peer.hears();
  const path = newPath();
  const silence = { below: 100, forMs: 300 };
  media.command({ kind: 'record-leg', leg, path, sampleRateHz: 16_000, silence });
  await started(path);
  const before = peer.received.length;
  await peer.until(() => peer.received.length >= before + 40);
  expect(media.events.some((e) => e.kind === 'leg-recording-stopped' && e.path === path)).toBe(
    false,
  );
  peer.hush();
  const { why, samples } = await stopped(path);
  expect(why).toBe('silence');
  expect(samples).toBeGreaterThan(0.9 * 16_000);
});

test('a caller who hangs up leaves a whole file', async () => {
  const { peer, leg } = await media.call({ toneHz: 400 });
  peer.speak();
  const path = newPath();
  media.command({ kind: 'record-leg', leg, path, sampleRateHz: 16_000 });
  await started(path);
  await peer.hears();
  media.command({ kind: 'close-leg', leg });
  const { why, samples } = await stopped(path);
  expect(why).toBe('closed');
  expect((await recorded(path)).samples.length).toBe(samples);
});

test('stopped before its file was made it ends all the same', async () => {
  const { leg } = await media.call();
  const path = newPath();
  media.command({ kind: 'record-leg', leg, path, sampleRateHz: 16_000 });
  media.command({ kind: 'stop-leg-recording', leg, path });
  expect((await stopped(path)).why).toBe('stopped');
});

test('what cannot be recorded says why', async () => {
  const { leg } = await media.call();
  const cases = [
    { leg, path: join(directory, 'missing', 'x.wav'), says: 'ENOENT' },
    { leg: 'nobody', path: newPath(), says: 'no such leg' },
  ];
  for (const { leg: of, path, says } of cases) {
    media.command({ kind: 'record-leg', leg: of, path, sampleRateHz: 16_000 });
    expect((await started(path)).error).toContain(says);
  }
  const twice = newPath();
  for (let n = 0; n < 2; n++) {
    media.command({ kind: 'record-leg', leg, path: twice, sampleRateHz: 16_000 });
  }
  const refused = await media.event(
    'leg-recording-started',
    (event) => event.path === twice && event.error !== undefined,
  );
  expect(refused.error).toBe('already recording there');
});
