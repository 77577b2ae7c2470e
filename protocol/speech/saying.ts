import type { Language } from '../call/language.ts';
import type { Clip, Sound } from './clip.ts';
import type { Phrase } from './phrase.ts';

/** A moment at which a caller is told something that never varies. */
export type PlainSaying = keyof typeof PLAIN;

/** What a caller is told. */
export type Saying =
  | { readonly kind: PlainSaying }
  /** The next to be let in is at place 1. */
  | { readonly kind: 'lobby-place'; readonly place: number }
  /** The first whose turn it is is at place 1. */
  | { readonly kind: 'hand-up'; readonly place: number }
  /** The listener counts. `waiting`, in the lobby, is for moderators. */
  | { readonly kind: 'people-here'; readonly count: number; readonly waiting?: number }
  /** How many wait in the lobby after the one who was let in. */
  | { readonly kind: 'admitted-next'; readonly left: number }
  | { readonly kind: 'someone-waits'; readonly count: number }
  | { readonly kind: 'last-minutes'; readonly minutes: number }
  /** The meeting ends in so many minutes, for want of a moderator or of words. */
  | { readonly kind: 'ends-without-moderator' | 'ends-in-silence'; readonly minutes: number }
  /** Into the breakout room of that number. */
  | { readonly kind: 'go-to-group'; readonly group: number }
  /** In so many seconds everybody comes back from the breakout rooms. */
  | { readonly kind: 'together-again'; readonly seconds: number }
  /** `by`: the recorded name of who invites. */
  | { readonly kind: 'invitation'; readonly by?: string }
  /** An operator's own recording: an absolute path. */
  | { readonly kind: 'announcement'; readonly file: string }
  /** `name`: their recorded name. */
  | { readonly kind: 'name-joined' | 'name-left'; readonly name: string };

const BEEP = { kind: 'sound', sound: 'beep' } as const;

const PLAIN = {
  // Reception
  'welcome-enter-code': clips('welcome-enter-code'),
  'enter-code-again': clips('enter-code-again'),
  'wrong-code': clips('wrong-code'),
  goodbye: clips('goodbye'),
  'meeting-full': clips('meeting-full', 'goodbye'),
  'meeting-locked': clips('meeting-locked', 'goodbye'),
  'meeting-ended': clips('meeting-ended', 'goodbye'),
  banned: clips('banned', 'goodbye'),
  joining: clips('joining'),
  'joining-muted': clips('joining', 'muted', 'press-to-unmute'),
  'joining-muted-by-rule': clips(
    'joining',
    'muted',
    'only-moderator-unmutes',
    'press-to-raise-hand',
  ),
  'not-started': clips('not-started'),
  'waiting-for-moderator': clips('no-moderator'),
  lobby: clips('lobby'),
  admitted: clips('admitted'),
  refused: clips('refused', 'goodbye'),
  'say-name': [...clips('say-name'), BEEP],
  'name-again': [...clips('name-not-heard', 'say-name'), BEEP],
  'you-are-alone': clips('alone'),
  'try-later': clips('try-later', 'goodbye'),
  'echo-test': [...clips('echo-test'), BEEP],
  // In the meeting
  muted: clips('muted'),
  unmuted: clips('unmuted'),
  'muted-by-moderator': clips('muted-by-moderator'),
  'unmuted-by-moderator': clips('unmuted-by-moderator'),
  'asked-to-unmute': clips('asked-to-unmute', 'press-to-unmute'),
  'may-not-unmute': clips('only-moderator-unmutes', 'press-to-raise-hand'),
  'talking-while-muted': clips('talking-while-muted', 'press-to-unmute'),
  'hand-down': clips('hand-down'),
  'hand-lowered-by-moderator': clips('hand-lowered'),
  help: clips('help'),
  'help-moderator': clips('help', 'help-moderator'),
  'help-asked': clips('help-asked'),
  'help-on-the-way': clips('help-coming'),
  'all-muted': clips('all-muted'),
  'all-unmuted': clips('all-unmuted'),
  locked: clips('locked'),
  unlocked: clips('unlocked'),
  'lobby-empty': clips('nobody-waits'),
  'recording-on': clips('recording-on'),
  'recording-off': clips('recording-off'),
  'recording-unavailable': clips('recording-unavailable'),
  'moderators-only': clips('moderators-only'),
  'unknown-key': clips('unknown-key'),
  'audio-moved': clips('audio-moved'),
  removed: clips('removed', 'goodbye'),
  'removed-and-banned': clips('removed-and-banned', 'goodbye'),
  'meeting-over': clips('meeting-over', 'goodbye'),
  'goes-on': clips('goes-on'),
  'back-together': clips('back-together'),
  // Calls that the meeting makes
  'invitation-again': clips('press-one-to-join'),
  'invitation-declined': clips('not-connected', 'goodbye'),
  // To everybody, or while one waits
  'tone-join': sounds('join'),
  'tone-leave': sounds('leave'),
  'hold-music': sounds('hold-music'),
} as const satisfies Record<string, readonly Phrase[]>;

/** All that never vary. */
export const PLAIN_SAYINGS = Object.keys(PLAIN) as readonly PlainSaying[];

/**
 * What to play for a saying, in order. The only place where sentences are put together: in the
 * word order of the language, in the words of prompts/catalogue.tsv.
 */
export function phrasesOf(saying: Saying, language: Language): readonly Phrase[] {
  switch (saying.kind) {
    case 'lobby-place':
      return [...clips('your-place'), number(saying.place)];
    case 'hand-up':
      return [...clips('hand-up', 'your-place'), number(saying.place)];
    case 'people-here':
      return [...peopleHere(saying.count, language), ...waitingBeside(saying.waiting ?? 0)];
    case 'admitted-next':
      return [...clips('let-in'), ...waiting(saying.left)];
    case 'someone-waits':
      return [...waiting(saying.count), ...clips('press-to-let-in')];
    case 'invitation':
      return [...inviting(saying.by), ...clips('press-one-to-join')];
    case 'announcement':
      return [file(saying.file)];
    case 'name-joined':
      return [file(saying.name), ...clips('has-joined')];
    case 'name-left':
      return [file(saying.name), ...clips('has-left')];
    default:
      return beforeTheEnd(saying);
  }
}

type Ending = 'last-minutes' | 'ends-without-moderator' | 'ends-in-silence';

/** Words on ends and on breakout rooms; and all that never varies. */
function beforeTheEnd(
  saying: Extract<Saying, { kind: PlainSaying | Ending | 'go-to-group' | 'together-again' }>,
): readonly Phrase[] {
  switch (saying.kind) {
    case 'last-minutes':
      return lastMinutes(saying.minutes);
    case 'ends-without-moderator':
      return [...clips('no-moderator-left'), ...lastMinutes(saying.minutes)];
    case 'ends-in-silence':
      return [...clips('nobody-speaks'), ...lastMinutes(saying.minutes)];
    case 'go-to-group':
      return [...clips('go-to-group'), number(saying.group)];
    case 'together-again':
      return [...clips('together-again-in'), number(saying.seconds), ...clips('seconds')];
    default:
      return PLAIN[saying.kind];
  }
}

function peopleHere(count: number, language: Language): readonly Phrase[] {
  if (count <= 1) return clips('alone');
  const said = [number(count), ...clips('people-here')];
  return language === 'de' ? said : [...clips('there-are'), ...said];
}

function waitingBeside(count: number): readonly Phrase[] {
  return count === 0 ? [] : waiting(count);
}

function waiting(count: number): readonly Phrase[] {
  if (count <= 0) return clips('nobody-waits');
  return count === 1 ? clips('one-waits') : [number(count), ...clips('several-wait')];
}

function lastMinutes(minutes: number): readonly Phrase[] {
  if (minutes <= 1) return clips('ends-in-one-minute');
  return [...clips('ends-in'), number(minutes), ...clips('minutes')];
}

function inviting(by: string | undefined): readonly Phrase[] {
  return by === undefined ? clips('invitation') : [file(by), ...clips('invites-you')];
}

function clips(...names: readonly Clip[]): readonly Phrase[] {
  return names.map((clip) => ({ kind: 'clip', clip }));
}

function sounds(...names: readonly Sound[]): readonly Phrase[] {
  return names.map((sound) => ({ kind: 'sound', sound }));
}

function number(value: number): Phrase {
  return { kind: 'number', value };
}

function file(path: string): Phrase {
  return { kind: 'file', path };
}
