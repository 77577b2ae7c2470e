import { qualityWord } from '../../protocol/room/quality.ts';
import type { Quality } from '../../protocol/room/quality.ts';
import { currentTongue, words } from '../words/words.ts';

const BARS = { bad: 1, poor: 2, fair: 3, good: 4 } as const;

/** How well somebody is received: four bars, and the mean opinion score to those who point at it. */
export function SoundBars({ quality }: { readonly quality: Quality }) {
  const { inRoom } = words('shared');
  const word = qualityWord(quality);
  const said = `${inRoom.sound[word]}, ${inRoom.mos(formatMos(quality))}`;
  return (
    <span class={`bars bars-${word}`} title={said}>
      {[1, 2, 3, 4].map((bar) => (
        <span key={bar} class={bar <= BARS[word] ? 'bar bar-on' : 'bar'} aria-hidden="true" />
      ))}
      <span class="hidden">{said}</span>
    </span>
  );
}

/** With one digit, as the language writes it: `4.2`. */
export function formatMos({ mos }: Quality): string {
  return oneDigit(mos);
}

export function oneDigit(value: number): string {
  return new Intl.NumberFormat(currentTongue().locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(value);
}
