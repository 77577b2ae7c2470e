import { qualityWord } from '../../../protocol/room/quality.ts';
import { words } from '../../words/words.ts';
import type { ControlsProps } from './controls.tsx';

const BARS = { bad: 1, poor: 2, fair: 3, good: 4 } as const;

/** How well the server receives us, in four bars; opens the numbers. */
export function LineButton({ panel, state, standing }: ControlsProps) {
  const say = words('call').line;
  const quality = standing.kind === 'inside' ? standing.row.quality : undefined;
  const stumbles = state.kind !== 'talking' || state.line === 'weak';
  const word = stumbles ? 'bad' : quality && qualityWord(quality);
  const label = say.open(word === undefined ? say.measuring : say.word[word]);
  return (
    <button
      type="button"
      class="line-button"
      aria-label={label}
      title={label}
      aria-expanded={panel.value === 'line'}
      onClick={() => (panel.value = panel.value === 'line' ? 'none' : 'line')}
    >
      <span class={`bars bars-${word ?? 'unknown'}`} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} class={word && bar <= BARS[word] ? 'bar bar-on' : 'bar'} />
        ))}
      </span>
    </button>
  );
}
