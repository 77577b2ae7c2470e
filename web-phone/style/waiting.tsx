import { words } from '../words/words.ts';

/** As many as fill the eye and promise nothing. */
const LINES = [0, 1, 2];

/** What is being asked for: drawn only after a moment, so that what comes at once does not flash. */
export function Waiting() {
  return (
    <div class="ask" aria-busy="true">
      <p class="hidden" role="status">
        {words('shared').controls.waiting}
      </p>
      {LINES.map((line) => (
        <span key={line} class="ask-line late" aria-hidden="true" />
      ))}
    </div>
  );
}
