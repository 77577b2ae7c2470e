import type { Language } from '../call/language.ts';
import type { Clip } from './clip.ts';

const MOST = 9999;

/** The clips that say 0 to 9999 as a cardinal; throws a RangeError for any other value. */
export function numberClips(value: number, language: Language): readonly Clip[] {
  if (!Number.isInteger(value) || value < 0 || value > MOST)
    throw new RangeError(`not a number that can be spoken: ${value}`);
  if (value === 0) return ['number-0'];
  return language === 'de' ? german(value) : english(value);
}

/** The clips for `0` to `9`, `*` and `#`, one each; throws a RangeError for any other text. */
export function digitClips(text: string): readonly Clip[] {
  if (!/^[0-9*#]*$/.test(text)) throw new RangeError('only 0 to 9, * and # are spoken as digits');
  return Array.from(text, (key) =>
    key === '*' ? 'star' : key === '#' ? 'hash' : clipOf(Number(key)),
  );
}

/** One thousand two hundred and one. */
function english(value: number): readonly Clip[] {
  const { thousands, hundreds, rest } = parts(value);
  const clips: Clip[] = [];
  if (thousands > 0) clips.push(clipOf(thousands), 'thousand');
  if (hundreds > 0) clips.push(clipOf(hundreds), 'hundred');
  if (rest > 0 && clips.length > 0) clips.push('and');
  return [...clips, ...underHundred(rest, (ones, tens) => [clipOf(tens), clipOf(ones)])];
}

/** Ein-tausend-zwei-hundert-eins. */
function german(value: number): readonly Clip[] {
  const { thousands, hundreds, rest } = parts(value);
  const clips: Clip[] = [];
  if (thousands > 0) clips.push(beforeNoun(thousands), 'thousand');
  if (hundreds > 0) clips.push(beforeNoun(hundreds), 'hundred');
  return [...clips, ...underHundred(rest, (ones, tens) => [andClip(ones), clipOf(tens)])];
}

function parts(value: number): { thousands: number; hundreds: number; rest: number } {
  return {
    thousands: Math.floor(value / 1000),
    hundreds: Math.floor((value % 1000) / 100),
    rest: value % 100,
  };
}

function underHundred(
  value: number,
  compose: (ones: number, tens: number) => readonly Clip[],
): readonly Clip[] {
  if (value === 0) return [];
  const ones = value % 10;
  return value < 20 || ones === 0 ? [clipOf(value)] : compose(ones, value - ones);
}

function beforeNoun(value: number): Clip {
  return value === 1 ? 'number-1-ein' : clipOf(value);
}

/** Of 0 to 19 and the tens. */
function clipOf(value: number): Clip {
  return `number-${value}` as Clip;
}

/** Of 1 to 9. */
function andClip(ones: number): Clip {
  return `number-${ones}-und` as Clip;
}
