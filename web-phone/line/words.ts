import type { Loader } from '../words/choice.ts';

/** What the telephone says, a file a language. */
export const LINE_WORDS: Loader = {
  en: async () => {
    const [{ sharedWords: shared }, { lineWords: line }] = await Promise.all([
      import('../words/en/shared.ts'),
      import('../words/en/line.ts'),
    ]);
    return { shared, line };
  },
  de: async () => {
    const [{ sharedWords: shared }, { lineWords: line }] = await Promise.all([
      import('../words/de/shared.ts'),
      import('../words/de/line.ts'),
    ]);
    return { shared, line };
  },
};
