import { describe, expect, test } from 'vitest';
import { CoreBench } from '../../../support/switch-core.ts';

function echoing(args = '1000'): CoreBench {
  const bench = new CoreBench();
  bench.call('alice');
  bench.execute('alice', 'answer');
  bench.story();
  bench.execute('alice', 'delay_echo', args);
  return bench;
}

describe('delay_echo', () => {
  test.each([
    ['800', 800],
    ['', 1000],
    ['10000', 10_000],
  ])('of "%s" plays the peer back %i ms later', (args, delayMs) => {
    expect(echoing(args).media.at(-1)).toEqual({ kind: 'echo-leg', leg: 'alice', delayMs });
  });

  test.each(['0', '10001', '-5', 'soon'])('of "%s" is over at once', (args) => {
    const bench = echoing(args);
    expect(bench.media.map(({ kind }) => kind)).not.toContain('echo-leg');
    expect(bench.story()).toContain('CHANNEL_EXECUTE_COMPLETE delay_echo');
  });

  test('is ended by no break, no key and no other order: these wait', () => {
    const bench = echoing();
    bench.api('uuid_break alice all');
    bench.emit({ kind: 'digit', leg: 'alice', digit: '5', durationMs: 100 });
    bench.execute('alice', 'playback', '/sounds/one.wav');
    expect(bench.story()).toEqual(['CHANNEL_EXECUTE delay_echo']);
  });

  test('ends with the call', () => {
    const bench = echoing();
    bench.api('uuid_kill alice');
    expect(bench.media).toContainEqual({ kind: 'stop-echo', leg: 'alice' });
    expect(bench.story()).toContain('CHANNEL_EXECUTE_COMPLETE delay_echo');
  });
});
