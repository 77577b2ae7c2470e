import { describe, expect, test } from 'vitest';
import { CoreBench, value } from '../../../support/switch-core.ts';

const ASK = '1 10 3 5000 # /ask.wav /wrong.wav code ^\\d{4}$ 2000';

/** A caller who is being asked for four digits. */
function asked(args = ASK): CoreBench {
  const bench = new CoreBench();
  bench.files.add('/ask.wav').add('/wrong.wav');
  bench.call('alice');
  bench.execute('alice', 'answer');
  bench.story();
  bench.execute('alice', 'play_and_get_digits', args, { 'Event-UUID': 'e-1' });
  return bench;
}

function type(bench: CoreBench, digits: string): void {
  for (const digit of digits) bench.emit({ kind: 'digit', leg: 'alice', digit, durationMs: 100 });
}

function done(bench: CoreBench): Record<string, string | undefined> {
  const event = bench.last('CHANNEL_EXECUTE_COMPLETE play_and_get_digits');
  return {
    code: value(event, 'variable_code'),
    invalid: value(event, 'variable_code_invalid'),
    result: value(event, 'variable_read_result'),
    terminator: value(event, 'variable_read_terminator_used'),
    uuid: value(event, 'Application-UUID'),
  };
}

describe('play_and_get_digits', () => {
  test('a terminator ends the input, and the variable comes with the end', () => {
    const bench = asked();
    type(bench, '1234#');
    expect(done(bench)).toEqual({
      code: '1234',
      invalid: undefined,
      result: 'success',
      terminator: '#',
      uuid: 'e-1',
    });
  });

  test('the first digit cuts the prompt off', () => {
    const bench = asked();
    type(bench, '1');
    expect(bench.media.some(({ kind }) => kind === 'stop-play')).toBe(true);
    expect(value(bench.last('PLAYBACK_STOP'), 'Playback-Status')).toBe('break');
  });

  test('after the prompt the first digit may take its time, the next ones less', () => {
    const bench = asked();
    bench.endPlay();
    bench.wait(4900);
    type(bench, '12');
    bench.wait(1900);
    type(bench, '34');
    bench.wait(2000);
    expect(done(bench)).toMatchObject({ code: '1234', result: 'timeout' });
  });

  test('the longest input ends by itself', () => {
    const bench = asked('1 4 1 5000 # /ask.wav silence code');
    type(bench, '98765');
    expect(done(bench)).toMatchObject({ code: '9876' });
  });

  test('what does not fit is corrected and asked again', () => {
    const bench = asked();
    type(bench, '12#');
    expect(bench.lastPlay().source).toEqual({ kind: 'file', path: '/wrong.wav' });
    bench.endPlay();
    expect(bench.lastPlay().source).toEqual({ kind: 'file', path: '/ask.wav' });
    type(bench, '4321#');
    expect(done(bench)).toMatchObject({ code: '4321', invalid: '12' });
  });

  test('digits typed over the correction count for the next try', () => {
    const bench = asked();
    type(bench, '12#');
    type(bench, '4321#');
    bench.endPlay();
    expect(done(bench)).toMatchObject({ code: '4321' });
  });

  test('after the last try the variable is unset', () => {
    const bench = asked('1 10 2 1000 # /ask.wav /wrong.wav code ^\\d{4}$ 1000');
    for (let tries = 0; tries < 2; tries++) {
      bench.endPlay();
      bench.wait(1000);
      bench.endPlay();
    }
    expect(done(bench)).toMatchObject({ code: undefined, result: 'failure' });
  });

  test('a prompt that is not there ends each try at once', () => {
    const bench = asked('1 4 2 1000 # /nosuch.wav /nosuch.wav code');
    expect(done(bench)).toMatchObject({ code: undefined, result: undefined });
  });

  test('a break ends the prompt, not the waiting for digits', () => {
    const bench = asked();
    bench.api('uuid_break alice');
    expect(value(bench.last('PLAYBACK_STOP'), 'Playback-Status')).toBe('break');
    bench.api('uuid_break alice');
    type(bench, '1234#');
    expect(done(bench)).toMatchObject({ code: '1234', result: 'success' });
  });

  test('a wrong expression matches nothing and breaks nothing', () => {
    const bench = asked('1 4 1 1000 # silence silence code ( 1000');
    type(bench, '12#');
    expect(done(bench)).toMatchObject({ code: undefined, invalid: '12' });
  });

  test('the timer of an earlier asking does not end a later one', () => {
    const bench = asked('1 4 1 1000 # silence silence code');
    bench.wait(500);
    type(bench, '1#');
    bench.execute('alice', 'play_and_get_digits', '1 4 1 1000 # silence silence other');
    bench.wait(600);
    type(bench, '7#');
    const event = bench.last('CHANNEL_EXECUTE_COMPLETE play_and_get_digits');
    expect(value(event, 'variable_other')).toBe('7');
  });

  test('a hang-up in the middle ends it', () => {
    const bench = asked();
    bench.give({ kind: 'peer-ended', leg: 'alice', end: { kind: 'bye' } });
    expect(bench.story()).toContain('CHANNEL_EXECUTE_COMPLETE play_and_get_digits');
    expect(bench.media.some(({ kind }) => kind === 'stop-play')).toBe(true);
  });
});

describe('playback', () => {
  function playing(): CoreBench {
    const bench = new CoreBench();
    bench.files.add('/a.wav');
    bench.call('alice');
    bench.execute('alice', 'answer');
    bench.execute('alice', 'playback', '/a.wav');
    return bench;
  }
  const response = (bench: CoreBench) =>
    value(bench.last('CHANNEL_EXECUTE_COMPLETE playback'), 'Application-Response');

  test('ends with the file', () => {
    const bench = playing();
    bench.endPlay();
    expect(response(bench)).toBe('FILE PLAYED');
    const event = bench.last('PLAYBACK_STOP');
    expect(value(event, 'Playback-File-Path')).toBe('/a.wav');
    expect(value(event, 'variable_playback_ms')).toBe('1000');
  });

  test('ends with the star, and says so', () => {
    const bench = playing();
    type(bench, '1*');
    const event = bench.last('CHANNEL_EXECUTE_COMPLETE playback');
    expect(value(event, 'variable_playback_terminator_used')).toBe('*');
  });

  test('playback_terminators=none lets it play on', () => {
    const bench = playing();
    bench.api('uuid_setvar alice playback_terminators none');
    bench.story();
    type(bench, '*#1');
    expect(bench.story()).toEqual(['DTMF', 'DTMF', 'DTMF']);
  });

  test('uuid_break cuts it off', () => {
    const bench = playing();
    expect(bench.api('uuid_break alice')).toBe('+OK\n');
    expect(value(bench.last('PLAYBACK_STOP'), 'Playback-Status')).toBe('break');
  });

  test('a file that is not there is told', () => {
    const bench = playing();
    bench.endPlay();
    bench.execute('alice', 'playback', '/nosuch.wav');
    expect(response(bench)).toBe('FILE NOT FOUND');
  });

  test('a file that breaks in the player is told', () => {
    const bench = playing();
    bench.endPlay('not-playable');
    expect(response(bench)).toBe('PLAYBACK ERROR');
  });

  test('a digit is told with its length in samples of 8 kHz', () => {
    const bench = playing();
    type(bench, '5');
    const event = bench.last('DTMF');
    expect(
      ['DTMF-Digit', 'DTMF-Duration', 'DTMF-Source'].map((name) => value(event, name)),
    ).toEqual(['5', '800', 'RTP']);
  });
});
