import { describe, expect, test } from 'vitest';
import type { MediaCommand } from '../../../../switch/media/contract.ts';
import { CoreBench, value } from '../../../support/switch-core.ts';

/** An answered call on a switch that has two sounds. */
function answered(): CoreBench {
  const bench = new CoreBench();
  bench.files.add('/music.wav').add('/word.wav');
  bench.call('alice');
  bench.execute('alice', 'answer');
  bench.story();
  return bench;
}

function plays(bench: CoreBench): Extract<MediaCommand, { kind: 'play' }>[] {
  return bench.media.filter((each) => each.kind === 'play');
}

/** The sound that began last is over. */
function over(bench: CoreBench): void {
  const play = plays(bench).at(-1)?.play ?? '';
  bench.emit({ kind: 'play-ended', play, samples: 800, sampleRateHz: 8000, why: 'done' });
}

function press(bench: CoreBench, digit: string): void {
  bench.emit({ kind: 'digit', leg: 'alice', digit, durationMs: 100 });
}

describe('a sound without end', () => {
  test('begins again after its end and after a break, until the call goes elsewhere', () => {
    const bench = answered();
    bench.execute('alice', 'endless_playback', '/music.wav');
    over(bench);
    bench.api('uuid_break alice all');
    expect(plays(bench)).toHaveLength(3);
    bench.story();
    expect(bench.api('uuid_transfer alice park inline')).toBe('+OK\n');
    const ended = bench.last('CHANNEL_EXECUTE_COMPLETE endless_playback');
    expect(value(ended, 'Application-Response')).toBe('PLAYBACK ERROR');
    expect(bench.last('CHANNEL_PARK')).toBeDefined();
  });

  test('lets keys wait until something else reads them, and a transfer loses them', () => {
    const bench = answered();
    bench.execute('alice', 'endless_playback', '/music.wav');
    bench.story();
    press(bench, '5');
    expect(bench.story()).toEqual([]);
    bench.execute('alice', 'playback', '/word.wav');
    expect(bench.story()).toEqual(['CHANNEL_EXECUTE playback', 'PLAYBACK_START', 'DTMF']);
    over(bench);
    press(bench, '6');
    bench.story();
    bench.api('uuid_park alice');
    expect(bench.story()).not.toContain('DTMF');
  });

  test('is silent while something plays inside of it, and then begins anew', () => {
    const bench = answered();
    bench.execute('alice', 'endless_playback', '/music.wav');
    bench.execute('alice', 'playback', '/word.wav');
    const [music] = plays(bench);
    expect(bench.media).toContainEqual({ kind: 'stop-play', play: music?.play });
    over(bench);
    expect(plays(bench).map(({ source }) => source)).toMatchObject([
      { path: '/music.wav' },
      { path: '/word.wav' },
      { path: '/music.wav' },
    ]);
  });

  test.each([
    ['+2 /music.wav', 2, 'FILE PLAYED'],
    ['/music.wav', 1, 'FILE PLAYED'],
    ['+0 /music.wav', 0, 'FILE PLAYED'],
    ['+3 /nosuch.wav', 0, 'FILE NOT FOUND'],
  ])('loop_playback %s plays %i times', (argument, times, response) => {
    const bench = answered();
    bench.execute('alice', 'loop_playback', argument);
    for (let round = 0; round < times; round++) over(bench);
    expect(plays(bench)).toHaveLength(times);
    const ended = bench.last('CHANNEL_EXECUTE_COMPLETE loop_playback');
    expect(value(ended, 'Application-Response')).toBe(response);
  });
});

describe('a leg held by its peer', () => {
  test('tells its keys when it is taken back', () => {
    const bench = answered();
    const answer = {
      kind: 'leg-answered',
      leg: 'alice',
      codec: 'PCMU',
      clockRateHz: 8000,
    } as const;
    bench.emit({ ...answer, answer: 'a=recvonly\r\n', heldByPeer: true });
    press(bench, '4');
    expect(bench.story()).toEqual(['CHANNEL_HOLD']);
    bench.emit({ ...answer, answer: 'a=sendrecv\r\n', heldByPeer: false });
    expect(bench.story()).toEqual(['CHANNEL_UNHOLD', 'DTMF']);
  });

  test('is not held by one who only listens', () => {
    const bench = answered();
    const answer = { answer: 'v=0\r\na=sendonly\r\n', codec: 'PCMU', clockRateHz: 8000 };
    bench.emit({ kind: 'leg-answered', leg: 'alice', heldByPeer: true, ...answer });
    expect(bench.story()).toEqual([]);
  });
});

describe('uuid_displace', () => {
  test('lays a sound over what the leg hears, until its limit', () => {
    const bench = answered();
    expect(bench.api('uuid_displace alice start /word.wav 2 mux')).toBe('+OK Success\n');
    const [play] = plays(bench);
    bench.wait(2000);
    expect(bench.media).toContainEqual({ kind: 'stop-play', play: play?.play });
    expect(bench.api('uuid_displace alice stop /word.wav')).toBe(
      '-ERR Cannot stop displace session!\n',
    );
  });
});
