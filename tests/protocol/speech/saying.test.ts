import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../protocol/call/language.ts';
import type { Language } from '../../../protocol/call/language.ts';
import { CLIPS, ENGLISH_CLIPS, GERMAN_CLIPS, SOUNDS } from '../../../protocol/speech/clip.ts';
import { digitClips, numberClips } from '../../../protocol/speech/number.ts';
import { phrasesOf, PLAIN_SAYINGS } from '../../../protocol/speech/saying.ts';
import type { PlainSaying, Saying } from '../../../protocol/speech/saying.ts';
import { spoken } from '../../support/spoken.ts';

const NAME = '/data/names/1.wav';

/** Each saying that varies, in each of its forms. */
const VARIED: readonly (readonly [Saying, string, string])[] = [
  [
    { kind: 'lobby-place', place: 3 },
    'Your place in the queue is three',
    'Ihr Platz in der Reihe ist die drei',
  ],
  [
    { kind: 'hand-up', place: 1 },
    'Your hand is raised. Your place in the queue is one',
    'Ihre Meldung ist notiert. Ihr Platz in der Reihe ist die eins',
  ],
  [
    { kind: 'people-here', count: 1 },
    'You are the only one here.',
    'Außer Ihnen ist noch niemand da.',
  ],
  [
    { kind: 'people-here', count: 21 },
    'There are twenty one people in this meeting.',
    'einund zwanzig Personen sind in der Konferenz.',
  ],
  [
    { kind: 'people-here', count: 2, waiting: 0 },
    'There are two people in this meeting.',
    'zwei Personen sind in der Konferenz.',
  ],
  [
    { kind: 'people-here', count: 2, waiting: 1 },
    'There are two people in this meeting. One person is waiting to be let in.',
    'zwei Personen sind in der Konferenz. Eine Person möchte hereingelassen werden.',
  ],
  [
    { kind: 'people-here', count: 1, waiting: 4 },
    'You are the only one here. four people are waiting in the lobby.',
    'Außer Ihnen ist noch niemand da. vier Personen warten auf Einlass.',
  ],
  [
    { kind: 'admitted-next', left: 0 },
    'Somebody is coming in. The lobby is empty.',
    'Jemand kommt herein. Im Warteraum ist niemand.',
  ],
  [
    { kind: 'admitted-next', left: 1 },
    'Somebody is coming in. One person is waiting to be let in.',
    'Jemand kommt herein. Eine Person möchte hereingelassen werden.',
  ],
  [
    { kind: 'someone-waits', count: 1 },
    'One person is waiting to be let in. Star eight lets somebody in.',
    'Eine Person möchte hereingelassen werden. Mit Stern acht lassen Sie jemanden ein.',
  ],
  [
    { kind: 'someone-waits', count: 12 },
    'twelve people are waiting in the lobby. Star eight lets somebody in.',
    'zwölf Personen warten auf Einlass. Mit Stern acht lassen Sie jemanden ein.',
  ],
  [
    { kind: 'last-minutes', minutes: 1 },
    'Only one minute is left.',
    'Es bleibt nur noch eine Minute.',
  ],
  [
    { kind: 'last-minutes', minutes: 5 },
    'The meeting ends in five minutes.',
    'Die Konferenz endet in fünf Minuten.',
  ],
  [
    { kind: 'ends-without-moderator', minutes: 3 },
    'The last moderator has gone. The meeting ends in three minutes.',
    'Die Moderation ist gegangen. Die Konferenz endet in drei Minuten.',
  ],
  [
    { kind: 'ends-in-silence', minutes: 1 },
    'It has been silent here for a while. Only one minute is left.',
    'Seit einer Weile ist es hier still. Es bleibt nur noch eine Minute.',
  ],
  [
    { kind: 'go-to-group', group: 2 },
    'You are being moved to group two',
    'Sie wechseln jetzt in Gruppe zwei',
  ],
  [
    { kind: 'together-again', seconds: 30 },
    'All groups come together in thirty seconds.',
    'Alle Gruppen kommen zusammen in dreißig Sekunden.',
  ],
  [
    { kind: 'invitation' },
    'Hello. You are invited to a telephone meeting. To join, press one. Otherwise just hang up.',
    'Guten Tag. Sie sind zu einer Telefonkonferenz eingeladen. Zum Teilnehmen drücken Sie die Eins. Sonst legen Sie auf.',
  ],
  [
    { kind: 'invitation', by: NAME },
    `[${NAME}] would like you to join a phone meeting. To join, press one. Otherwise just hang up.`,
    `[${NAME}] lädt Sie zu einer Telefonkonferenz ein. Zum Teilnehmen drücken Sie die Eins. Sonst legen Sie auf.`,
  ],
  [{ kind: 'name-joined', name: NAME }, `[${NAME}] has joined.`, `[${NAME}] ist jetzt dabei.`],
  [{ kind: 'name-left', name: NAME }, `[${NAME}] just left us.`, `[${NAME}] ist gegangen.`],
];

/** What each saying must tell, whatever its words. */
const NAMES_A_KEY: readonly (readonly [PlainSaying, RegExp, RegExp])[] = [
  ['welcome-enter-code', /hash/, /Raute/],
  ['enter-code-again', /hash/, /Raute/],
  ['say-name', /hash.*\[beep\]$/, /Raute.*\[beep\]$/],
  ['name-again', /hash.*\[beep\]$/, /Raute.*\[beep\]$/],
  ['joining-muted', /muted.*star six/, /stumm.*Stern sechs/],
  ['joining-muted-by-rule', /Only a moderator.*star five/, /Nur die Moderation.*Stern fünf/],
  ['asked-to-unmute', /star six/, /Stern sechs/],
  ['talking-while-muted', /star six/, /Stern sechs/],
  ['may-not-unmute', /Only a moderator.*star five/, /Nur die Moderation.*Stern fünf/],
  ['unknown-key', /star one/, /Stern eins/],
  ['help', /star.*six.*five.*three.*zero/, /Stern.*sechs.*fünf.*drei.*null/],
  ['help-moderator', /six.*zero.*four.*seven.*eight.*two/, /sechs.*null.*vier.*sieben.*acht.*zwei/],
  ['invitation-again', /press one.*hang up/, /die Eins.*legen Sie auf/],
];

const GOODBYES: readonly PlainSaying[] = [
  ...(['meeting-full', 'meeting-locked', 'meeting-ended', 'banned', 'refused'] as const),
  ...(['try-later', 'removed', 'removed-and-banned', 'meeting-over'] as const),
  'invitation-declined',
];

describe('sayings', () => {
  test.each(VARIED)('%j', (saying, english, german) => {
    expect(spoken(phrasesOf(saying, 'en'), 'en')).toBe(english);
    expect(spoken(phrasesOf(saying, 'de'), 'de')).toBe(german);
  });

  test.each(NAMES_A_KEY)('%s names the key that helps', (kind, english, german) => {
    expect(spoken(phrasesOf({ kind }, 'en'), 'en')).toMatch(english);
    expect(spoken(phrasesOf({ kind }, 'de'), 'de')).toMatch(german);
  });

  test.each(GOODBYES)('%s ends with a goodbye', (kind) => {
    expect(spoken(phrasesOf({ kind }, 'en'), 'en')).toMatch(/\. Goodbye\.$/);
    expect(spoken(phrasesOf({ kind }, 'de'), 'de')).toMatch(/\. Auf Wiederhören\.$/);
  });

  test('no two sound the same', () => {
    for (const language of LANGUAGES) {
      const all = PLAIN_SAYINGS.map((kind) => spoken(phrasesOf({ kind }, language), language));
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test('in German nobody is called by the familiar "du"', () => {
    for (const kind of PLAIN_SAYINGS)
      expect(spoken(phrasesOf({ kind }, 'de'), 'de')).not.toMatch(/\b(du|dich|dir|deine?n?)\b/i);
  });

  test('every recording is heard by somebody, but for silence', () => {
    const heard = new Set([...LANGUAGES.flatMap(clipsHeard), 'silence']);
    const ours = [...CLIPS, ...ENGLISH_CLIPS, ...GERMAN_CLIPS, ...SOUNDS];
    expect(ours.filter((name) => !heard.has(name))).toEqual([]);
  });
});

function clipsHeard(language: Language): readonly string[] {
  const sayings = [
    ...PLAIN_SAYINGS.map((kind): Saying => ({ kind })),
    ...VARIED.map(([saying]) => saying),
  ];
  const said = sayings.flatMap((saying) => phrasesOf(saying, language));
  return [
    ...said.flatMap((phrase) => (phrase.kind === 'clip' ? phrase.clip : [])),
    ...said.flatMap((phrase) => (phrase.kind === 'sound' ? phrase.sound : [])),
    ...digitClips('0123456789*#'),
    ...Array.from({ length: 1200 }, (_, value) => numberClips(value, language)).flat(),
  ];
}
