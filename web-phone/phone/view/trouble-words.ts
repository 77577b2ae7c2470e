import { words } from '../../words/words.ts';
import { wordsOf } from '../trouble.ts';
import type { Trouble } from '../trouble.ts';

/** What a trouble is called, and what to do about it, in the page's language. Read while drawing. */
export function troubleWords(trouble: Trouble): ReturnType<typeof wordsOf> {
  return wordsOf(trouble, {
    trouble: words('phone').trouble,
    problems: words('shared').problems,
  });
}
