import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KEY_UP, keepsSilent, talkStep } from '../../../web-phone/phone/push-to-talk.ts';
import type { TalkEffect, TalkInput, TalkKey } from '../../../web-phone/phone/push-to-talk.ts';

const press: TalkInput = { kind: 'press' };
const release: TalkInput = { kind: 'release' };
const open: TalkInput = { kind: 'told', muted: false };
const shut: TalkInput = { kind: 'told', muted: true };

function play(...inputs: readonly TalkInput[]): readonly [TalkKey, readonly TalkEffect[]] {
  return inputs.reduce<readonly [TalkKey, readonly TalkEffect[]]>(
    ([key, done], input) => {
      const [next, effects] = talkStep(key, input);
      return [next, [...done, ...effects]];
    },
    [KEY_UP, []],
  );
}

describe('a key that is held to talk', () => {
  test('unmutes, and mutes again when it is let go', () => {
    expect(play(press, open, release, shut)).toEqual([KEY_UP, ['unmute', 'mute']]);
  });

  test('repeats of a held key ask for nothing', () => {
    expect(play(press, press, open, press, press)).toEqual([{ kind: 'open' }, ['unmute']]);
  });

  test('let go before the server opened: silent at once, and muted as soon as it has opened', () => {
    const [key, done] = play(press, release);
    expect([keepsSilent(key), done]).toEqual([true, ['unmute', 'silence']]);
    expect(play(press, release, shut)).toEqual([{ kind: 'closing', asked: false }, done]);
    expect(play(press, release, open, shut)).toEqual([KEY_UP, [...done, 'mute']]);
  });

  test('a word that comes late after it was let go is muted, however late', () => {
    const [key, done] = play(press, release, { kind: 'refused' }, open);
    expect([key.kind, done.at(-1)]).toEqual(['closing', 'mute']);
  });

  test('a moderator’s mute in the midst of it stands, and letting go is nothing more', () => {
    expect(play(press, open, shut, release)).toEqual([KEY_UP, ['unmute']]);
  });

  test('what was refused leaves us muted', () => {
    expect(play(press, { kind: 'refused' })).toEqual([KEY_UP, ['unmute']]);
  });

  test('a short press of the button is a click: the microphone stays open', () => {
    expect(play(press, { kind: 'latch' }, open)).toEqual([KEY_UP, ['unmute']]);
  });

  test('whatever happens, whoever let go is muted or kept silent', () => {
    const input = fc.constantFrom(press, release, open, shut, { kind: 'refused' } as const);
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        const [key] = play(...inputs, press, release);
        const [after, effects] = talkStep(key, open);
        expect(keepsSilent(after)).toBe(true);
        expect(effects).toEqual(['mute']);
      }),
    );
  });
});
