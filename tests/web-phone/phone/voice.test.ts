import { describe, expect, test } from 'vitest';
import { KEY_UP } from '../../../web-phone/phone/push-to-talk.ts';
import { call } from '../../../web-phone/words/en/call.ts';
import { muteFace } from '../../../web-phone/phone/mute-face.ts';
import type { MuteFacts } from '../../../web-phone/phone/mute-face.ts';
import {
  clicked,
  FRESH_VOICE,
  mustAsk,
  resumed,
  told,
  transmits,
} from '../../../web-phone/phone/voice.ts';
import type { Voice } from '../../../web-phone/phone/voice.ts';
import { legId, person, ROOM } from '../support/people.ts';

const open = person(1);
const muted = person(1, { muted: true });

function hears(voice: Voice, own: typeof open, ourDoing = false): Voice {
  return told(voice, own, ourDoing)[0];
}

describe('our own voice', () => {
  test('is silent here at the click, before the server confirms', () => {
    expect(transmits(clicked(hears(FRESH_VOICE, open), true))).toBe(false);
  });

  test('sounds again only when the server says that we are unmuted', () => {
    const silent = hears(clicked(FRESH_VOICE, true), muted, true);
    const asked = clicked(silent, false);
    expect(transmits(asked)).toBe(false);
    expect(transmits(hears(asked, open, true))).toBe(true);
  });

  test('stays silent where the server never confirmed the mute', () => {
    const held = clicked(hears(FRESH_VOICE, open), true);
    expect(transmits(hears(held, open))).toBe(false);
  });

  test('sounds when a moderator unmutes us', () => {
    const silent = hears(clicked(hears(FRESH_VOICE, open), true), muted, true);
    expect(transmits(hears(silent, open))).toBe(true);
  });
});

describe('after a break', () => {
  const silent = [
    { name: 'by our own click', voice: clicked(hears(FRESH_VOICE, open), true) },
    { name: 'by the server', voice: hears(FRESH_VOICE, muted) },
  ];
  for (const { name, voice } of silent) {
    test(`who was muted ${name} stays silent on the new leg, and the server is told`, () => {
      const before = resumed(voice);
      const now = hears(before, open);
      expect(transmits(now)).toBe(false);
      expect(mustAsk(before, now)).toBe(true);
    });
  }

  test('who was heard is heard again', () => {
    const before = resumed(hears(FRESH_VOICE, open));
    expect(transmits(before)).toBe(true);
    expect(mustAsk(before, hears(before, open))).toBe(false);
  });

  test('a server that kept the mute need not be told', () => {
    const before = resumed(hears(FRESH_VOICE, muted));
    expect(mustAsk(before, hears(before, muted))).toBe(false);
  });
});

describe('what we are told about a mute that we did not ask for', () => {
  const cases = [
    { name: 'muted on entry', before: FRESH_VOICE, now: muted, notice: 'muted-on-entry' },
    {
      name: 'by a moderator',
      before: hears(FRESH_VOICE, open),
      now: muted,
      notice: 'muted-by-moderator',
    },
    {
      name: 'unmuted by a moderator',
      before: hears(FRESH_VOICE, muted),
      now: open,
      notice: 'unmuted-by-moderator',
    },
    { name: 'nothing on an open entry', before: FRESH_VOICE, now: open, notice: undefined },
  ] as const;
  for (const { name, before, now, notice } of cases) {
    test(name, () => expect(told(before, now, false)[1]).toBe(notice));
  }
  test('nothing when it was our own doing', () => {
    expect(told(hears(FRESH_VOICE, open), muted, true)[1]).toBeUndefined();
  });
});

describe('our own phone in the browser’s place', () => {
  const carried = person(1, { muted: true, audioBy: legId(9) });

  test('silences this machine, and nobody is said to have muted us', () => {
    const [voice, notice] = told(hears(FRESH_VOICE, open), carried, false);
    expect(voice.carried).toBe(true);
    expect(transmits(voice)).toBe(false);
    expect(notice).toBeUndefined();
  });

  test('that hangs up gives the sound back, and nobody is said to have unmuted us', () => {
    const away = hears(hears(FRESH_VOICE, open), carried);
    const [voice, notice] = told(away, open, false);
    expect(transmits(voice)).toBe(true);
    expect(notice).toBeUndefined();
  });

  test('muted at the end leaves us muted', () => {
    expect(transmits(hears(hears(FRESH_VOICE, carried), muted))).toBe(false);
  });

  test('says nothing against us after a break of this machine’s connection', () => {
    expect(resumed(hears(FRESH_VOICE, carried)).held).toBe(false);
  });
});

describe('the mute button', () => {
  const wish = { kind: 'set-muted', room: ROOM, id: legId(1), muted: true } as const;
  const waiting = [{ wish, sinceMs: 0 }];
  const face = (row: typeof open, part: Partial<MuteFacts> = {}) =>
    muteFace(
      {
        row,
        voice: hears(FRESH_VOICE, row),
        waiting: [],
        unmuteSelf: true,
        talkKey: KEY_UP,
        ...part,
      },
      call,
    );

  test('shows the server’s word', () => {
    expect(face(open)).toMatchObject({ silent: false, verb: 'Mute', words: 'Microphone on' });
    expect(face(muted)).toMatchObject({ silent: true, verb: 'Unmute', words: 'Muted' });
  });

  test('says that it waits', () => {
    const voice = clicked(hears(FRESH_VOICE, open), true);
    expect(face(open, { voice, waiting })).toMatchObject({ waiting: true, words: 'Muting …' });
  });

  test('tells a mute that only holds on this side', () => {
    expect(face(open, { voice: clicked(hears(FRESH_VOICE, open), true) }).words).toBe(
      'Muted on this side',
    );
  });

  test('is our phone’s while that speaks for us, whatever was clicked here before', () => {
    const voice = { held: true, muted: true, carried: true };
    expect(face(open, { voice })).toMatchObject({ silent: false, words: 'On your phone' });
    expect(face(muted, { voice })).toMatchObject({ silent: true, words: 'Phone muted' });
  });

  for (const [name, row, byRule] of [
    ['a participant', muted, true],
    ['one who is not muted', open, false],
    ['one who was asked to unmute', person(1, { muted: true, askedToUnmute: true }), false],
    ['a moderator', person(1, { muted: true, role: 'moderator' }), false],
  ] as const) {
    test(`where only moderators unmute, ${byRule ? 'is of no use to' : 'works for'} ${name}`, () => {
      expect(face(row, { unmuteSelf: false }).byRule).toBe(byRule);
      expect(face(row).byRule).toBe(false);
    });
  }
});
