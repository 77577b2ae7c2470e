import type { Problem } from '../../protocol/http/problem.ts';
import { problemWords } from '../words/problem-words.ts';
import { words } from '../words/words.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';

export interface ShownProblemProps {
  readonly problem: Problem | undefined;
  readonly look?: 'warning' | 'danger';
  /** Absent: trying again means pressing the same button again. */
  readonly onRetry?: (() => void) | undefined;
}

/** What the server refused or did not answer, and the way to try again. */
export function ShownProblem({ problem, look = 'warning', onRetry }: ShownProblemProps) {
  if (!problem) return null;
  const say = words('shared').problems;
  return (
    <Banner
      look={look}
      actions={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {say.again}
          </Button>
        )
      }
    >
      {problemWords(problem, say)}
    </Banner>
  );
}
