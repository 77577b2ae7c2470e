import { nowMs } from './clock.ts';
import { words } from '../words/words.ts';
import { formatDuration } from './format.ts';

/** How long until then, by the second: `4:05 left`. */
export function TimeLeft({ untilMs }: { readonly untilMs: number }) {
  return (
    <span class="time-left" role="timer">
      {words('shared').controls.timeLeft(formatDuration(untilMs - nowMs.value))}
    </span>
  );
}
