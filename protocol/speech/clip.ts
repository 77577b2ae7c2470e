/** Spoken in every language: `prompts/<language>/<clip>.wav`. Their words: prompts/catalogue.tsv. */
export const CLIPS = [
  // Reception
  'welcome-enter-code',
  'enter-code-again',
  'wrong-code',
  'goodbye',
  'meeting-full',
  'meeting-locked',
  'meeting-ended',
  'banned',
  'joining',
  'not-started',
  'no-moderator',
  'lobby',
  'your-place',
  'admitted',
  'refused',
  'say-name',
  'name-not-heard',
  'alone',
  'try-later',
  // In the meeting
  'muted',
  'unmuted',
  'muted-by-moderator',
  'unmuted-by-moderator',
  'asked-to-unmute',
  'talking-while-muted',
  'only-moderator-unmutes',
  'press-to-unmute',
  'press-to-raise-hand',
  'hand-up',
  'hand-down',
  'hand-lowered',
  'people-here',
  'help',
  'help-moderator',
  'help-asked',
  'help-coming',
  'all-muted',
  'all-unmuted',
  'locked',
  'unlocked',
  'let-in',
  'nobody-waits',
  'one-waits',
  'several-wait',
  'press-to-let-in',
  'recording-on',
  'recording-off',
  'recording-unavailable',
  'moderators-only',
  'unknown-key',
  'audio-moved',
  'removed',
  'removed-and-banned',
  'meeting-over',
  'ends-in-one-minute',
  'ends-in',
  'minutes',
  'has-joined',
  'has-left',
  // Calls that the meeting makes
  'invitation',
  'invites-you',
  'press-one-to-join',
  'not-connected',
  // Numbers and keys
  'number-0',
  'number-1',
  'number-2',
  'number-3',
  'number-4',
  'number-5',
  'number-6',
  'number-7',
  'number-8',
  'number-9',
  'number-10',
  'number-11',
  'number-12',
  'number-13',
  'number-14',
  'number-15',
  'number-16',
  'number-17',
  'number-18',
  'number-19',
  'number-20',
  'number-30',
  'number-40',
  'number-50',
  'number-60',
  'number-70',
  'number-80',
  'number-90',
  'hundred',
  'thousand',
  'star',
  'hash',
] as const;

/** Spoken in English alone: "one hundred **and** five", "**there are** five people here". */
export const ENGLISH_CLIPS = ['and', 'there-are'] as const;

/** Spoken in German alone: **ein**hundert, **einund**zwanzig. */
export const GERMAN_CLIPS = [
  'number-1-ein',
  'number-1-und',
  'number-2-und',
  'number-3-und',
  'number-4-und',
  'number-5-und',
  'number-6-und',
  'number-7-und',
  'number-8-und',
  'number-9-und',
] as const;

/** A spoken recording. */
export type Clip =
  (typeof CLIPS)[number] | (typeof ENGLISH_CLIPS)[number] | (typeof GERMAN_CLIPS)[number];

/** Of no language: `prompts/sounds/<sound>.wav`. */
export const SOUNDS = ['join', 'leave', 'beep', 'silence', 'hold-music'] as const;

/** A tone, or music. `silence` lasts `SILENCE_MS`. */
export type Sound = (typeof SOUNDS)[number];

export const SILENCE_MS = 100;
