import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseWav, wavBytes, wavHeader } from '../../../switch/media/dsp/wav.ts';
import { MediaProbe, OPEN_MIX } from '../../support/media-probe.ts';
import { tonesIn, ToneSource } from '../../support/tone-meter.ts';

let media: MediaProbe;
let directory: string;
let room: string;
let rooms = 0;

beforeAll(async () => {
  media = await MediaProbe.start({ ffmpeg: '/usr/bin/ffmpeg' });
  directory = await mkdtemp(join(tmpdir(), 'partyline-media-'));
});
afterAll(async () => {
  await media.stop();
  await rm(directory, { recursive: true });
});
afterEach(() => media.hangUp());
beforeEach(() => {
  room = `m-${(rooms += 1)}`;
});

const openRoom = (sampleRateHz = 16_000) =>
  media.command({ kind: 'open-room', room, sampleRateHz });

async function toneFile(name: string, hz: number, seconds: number): Promise<string> {
  const path = join(directory, name);
  const samples = new Int16Array(16_000 * seconds);
  new ToneSource(hz, 16_000).fill(samples);
  await writeFile(path, Buffer.concat([wavHeader(16_000, samples.length), wavBytes(samples)]));
  return path;
}

const ended = (play: string) => media.event('play-ended', (e) => e.play === play);

describe('plays', () => {
  test('of a file are heard by a leg in no room, once, and told when over', async () => {
    const path = await toneFile('one.wav', 620, 1);
    const { peer, leg } = await media.call();
    media.command({
      kind: 'play',
      play: 'p1',
      target: { kind: 'leg', leg },
      source: { kind: 'file', path },
      loops: 1,
    });
    await peer.hearsOnly(620);
    expect(await ended('p1')).toEqual({
      kind: 'play-ended',
      play: 'p1',
      samples: 8000,
      sampleRateHz: 8000,
      why: 'done',
    });
    await peer.hearsOnly();
  });

  test('of MP3 and Opus go through ffmpeg', async () => {
    const wav = await toneFile('two.wav', 900, 1);
    const mp3 = join(directory, 'two.mp3');
    execFileSync('/usr/bin/ffmpeg', ['-v', 'error', '-i', wav, mp3]);
    const { peer, leg } = await media.call();
    media.command({
      kind: 'play',
      play: 'p2',
      target: { kind: 'leg', leg },
      source: { kind: 'file', path: mp3 },
      loops: -1,
    });
    await peer.hearsOnly(900);
    media.command({ kind: 'stop-play', play: 'p2' });
    expect((await ended('p2')).why).toBe('stopped');
    await peer.hearsOnly();
  });

  test.each([
    ['a missing file', '/nowhere/x.wav'],
    ['a path that is not absolute', 'http://127.0.0.1/x.mp3'],
    ['a file that is no sound', new URL(import.meta.url).pathname],
  ])('of %s are told not to be playable', async (name, path) => {
    const { leg } = await media.call();
    media.command({
      kind: 'play',
      play: name,
      target: { kind: 'leg', leg },
      source: { kind: 'file', path },
      loops: 1,
    });
    expect((await ended(name)).why).toBe('not-playable');
  });

  test('to a leg that is not there are told not to be playable', async () => {
    media.command({
      kind: 'play',
      play: 'p3',
      target: { kind: 'leg', leg: 'nobody' },
      source: { kind: 'silence', ms: 20 },
      loops: 1,
    });
    expect((await ended('p3')).why).toBe('not-playable');
  });

  test('of a tone to a room are heard by all, to a member by that one alone', async () => {
    openRoom();
    const a = await media.join(room, { toneHz: 400 });
    const b = await media.join(room);
    const tone = { kind: 'tone', onMs: 200, offMs: 0, hz: [1040] } as const;
    media.command({
      kind: 'play',
      play: 'p4',
      target: { kind: 'room', room },
      source: tone,
      loops: -1,
    });
    await Promise.all([a.peer.hearsOnly(1040), b.peer.hearsOnly(400, 1040)]);
    media.command({ kind: 'stop-play', play: 'p4' });
    media.command({
      kind: 'play',
      play: 'p5',
      target: { kind: 'leg', leg: b.leg },
      source: tone,
      loops: -1,
    });
    await Promise.all([a.peer.hearsOnly(), b.peer.hearsOnly(400, 1040)]);
    media.command({ kind: 'set-mix', leg: b.leg, mix: { ...OPEN_MIX, canHear: false } });
    await b.peer.hearsOnly(1040);
  });

  test('of a file to one member can be heard in place of the room', async () => {
    openRoom();
    const a = await media.join(room, { toneHz: 400 });
    const b = await media.join(room, { toneHz: 900 });
    const c = await media.join(room);
    await c.peer.hearsOnly(400, 900);
    const path = await toneFile('alone.wav', 620, 3);
    media.command({
      kind: 'play',
      play: 'alone',
      target: { kind: 'leg', leg: c.leg },
      source: { kind: 'file', path },
      loops: 1,
      replacesMix: true,
    });
    await Promise.all([c.peer.hearsOnly(620), a.peer.hearsOnly(900), b.peer.hearsOnly(400)]);
    media.command({ kind: 'stop-play', play: 'alone' });
    await ended('alone');
    await c.peer.hearsOnly(400, 900);
  });
});

describe('plays in a row', () => {
  test('one after the other leave no gap between them', async () => {
    const { peer, leg } = await media.call();
    // 130 ms end within a frame.
    const source = { kind: 'tone', onMs: 130, offMs: 0, hz: [1000] } as const;
    const target = { kind: 'leg', leg } as const;
    const listening = peer.listen(500);
    for (const play of ['g1', 'g2'])
      media.command({ kind: 'play', play, target, source, loops: 1 });
    const heard = (await listening).map((sample) => Math.abs(sample));
    const first = heard.findIndex((sample) => sample > 500);
    const last = heard.findLastIndex((sample) => sample > 500);
    expect((last - first) / 8).toBeGreaterThan(250);
    expect((last - first) / 8).toBeLessThan(261);
  });

  test('to one leg come one after the other', async () => {
    const { leg } = await media.call();
    for (const play of ['q1', 'q2']) {
      const source = { kind: 'silence', ms: 60 } as const;
      media.command({ kind: 'play', play, target: { kind: 'leg', leg }, source, loops: 2 });
    }
    await ended('q2');
    const order = media.events.flatMap((e) =>
      e.kind === 'play-ended' && e.play.startsWith('q') ? [e] : [],
    );
    expect(order).toMatchObject([
      { play: 'q1', samples: 960, why: 'done' },
      { play: 'q2', samples: 960, why: 'done' },
    ]);
  });
});

describe('recordings', () => {
  test('hold the room’s mix, and are told when they begin and end', async () => {
    openRoom();
    const a = await media.join(room, { toneHz: 400 });
    const b = await media.join(room, { toneHz: 900 });
    await Promise.all([a.peer.hearsOnly(900), b.peer.hearsOnly(400)]);
    const path = join(directory, 'room.wav');
    media.command({ kind: 'start-recording', room, path });
    expect((await media.event('recording-started')).error).toBeUndefined();
    await a.peer.hears();
    await a.peer.hears();
    media.command({ kind: 'stop-recording', room, path });
    const { samples, sampleRateHz } = await media.event('recording-stopped');
    const wav = parseWav(await readFile(path));
    expect(wav?.sampleRateHz).toBe(sampleRateHz);
    expect(wav?.samples.length).toBe(samples);
    expect(samples).toBeGreaterThan(8000);
    expect(tonesIn(wav?.samples ?? new Int16Array(), sampleRateHz)).toEqual([400, 900]);
  });

  test('play up to the last second while they still run', async () => {
    openRoom(8000);
    const a = await media.join(room, { toneHz: 400 });
    const path = join(directory, 'running.wav');
    media.command({ kind: 'start-recording', room, path });
    await media.event('recording-started', (e) => e.path === path);
    const count = a.peer.received.length;
    await a.peer.until(() => a.peer.received.length > count + 130);
    const wav = parseWav(await readFile(path));
    expect(wav?.samples.length).toBeGreaterThanOrEqual(8000);
  });

  test('that cannot be written say why', async () => {
    openRoom();
    const path = join(directory, 'missing', 'x.wav');
    media.command({ kind: 'start-recording', room, path });
    const { error } = await media.event('recording-started', (e) => e.path === path);
    expect(error).toContain('ENOENT');
  });

  test('end whole when the room closes', async () => {
    openRoom();
    const a = await media.join(room, { toneHz: 400 });
    const path = join(directory, 'closing.wav');
    media.command({ kind: 'start-recording', room, path });
    await media.event('recording-started', (e) => e.path === path);
    await a.peer.hears();
    media.command({ kind: 'close-room', room });
    const { samples } = await media.event('recording-stopped', (e) => e.path === path);
    expect(parseWav(await readFile(path))?.samples.length).toBe(samples);
  });
});
