import { nowMs } from './clock.ts';
import { formatDuration } from './format.ts';

/** How long until then, by the second: `4:05 left`. */
export function TimeLeft({ untilMs }: { readonly untilMs: number }) {
  return (
    <span class="time-left" role="timer">
      {formatDuration(untilMs - nowMs.value)} left
    </span>
  );
}
