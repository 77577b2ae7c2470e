import { describe, expect, test } from 'vitest';
import type { LegRecordingEnd } from '../../../../switch/media/contract.ts';
import { CoreBench, value } from '../../../support/switch-core.ts';

const PATH = '/names/one.wav';

function recorded(args = `${PATH} 5 200 2`): CoreBench {
  const bench = new CoreBench();
  bench.call('alice');
  bench.execute('alice', 'answer');
  bench.story();
  bench.execute('alice', 'record', args);
  return bench;
}

function started(bench: CoreBench, error?: string): void {
  const more = error === undefined ? {} : { error };
  bench.emit({ kind: 'leg-recording-started', leg: 'alice', path: PATH, ...more });
}

function stopped(bench: CoreBench, why: LegRecordingEnd): void {
  const length = { samples: 12_400, sampleRateHz: 8000 };
  bench.emit({ kind: 'leg-recording-stopped', leg: 'alice', path: PATH, ...length, why });
}

describe('record', () => {
  test('asks for the limit and the silence that it was given', () => {
    expect(recorded().media.at(-1)).toEqual({
      kind: 'record-leg',
      leg: 'alice',
      path: PATH,
      sampleRateHz: 8000,
      limitMs: 5000,
      silence: { below: 200, forMs: 2000 },
    });
  });

  test('without a threshold never waits for silence', () => {
    expect(recorded(`${PATH} 5`).media.at(-1)).not.toHaveProperty('silence');
  });

  test.each([
    ['silence', 'true'],
    ['limit', 'false'],
  ] as const)('ended by %s tells its length', (why, silent) => {
    const bench = recorded();
    started(bench);
    stopped(bench, why);
    const done = bench.last('CHANNEL_EXECUTE_COMPLETE record');
    expect(value(done, 'variable_record_ms')).toBe('1550');
    expect(value(done, 'variable_silence_hits_exhausted')).toBe(silent);
    expect(bench.story()).toEqual([
      'CHANNEL_EXECUTE record',
      'RECORD_START',
      'RECORD_STOP',
      'CHANNEL_EXECUTE_COMPLETE record',
    ]);
  });

  test('is ended by a terminator once the file is whole, by no other key', () => {
    const bench = recorded();
    started(bench);
    for (const digit of '1*') bench.emit({ kind: 'digit', leg: 'alice', digit, durationMs: 100 });
    const stops = bench.media.filter((each) => each.kind === 'stop-leg-recording');
    expect(stops).toHaveLength(1);
    expect(bench.story()).not.toContain('CHANNEL_EXECUTE_COMPLETE record');
    stopped(bench, 'stopped');
    const done = bench.last('CHANNEL_EXECUTE_COMPLETE record');
    expect(value(done, 'variable_playback_terminator_used')).toBe('*');
  });

  test('where no file can be made ends the call', () => {
    const bench = recorded();
    started(bench, 'no such folder');
    expect(bench.orders).toMatchObject([{ kind: 'answer' }, { kind: 'bye' }]);
    expect(value(bench.last('CHANNEL_HANGUP_COMPLETE'), 'Hangup-Cause')).toBe(
      'DESTINATION_OUT_OF_ORDER',
    );
    expect(bench.story()).not.toContain('RECORD_STOP');
  });
});
