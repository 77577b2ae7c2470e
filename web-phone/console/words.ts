import type { Loader } from '../words/choice.ts';

/** What the console says, a file a language. */
export const CONSOLE_WORDS: Loader = {
  en: async () => {
    const [{ sharedWords: shared }, { consoleWords: console }] = await Promise.all([
      import('../words/en/shared.ts'),
      import('../words/en/console.ts'),
    ]);
    return { shared, console };
  },
  de: async () => {
    const [{ sharedWords: shared }, { consoleWords: console }] = await Promise.all([
      import('../words/de/shared.ts'),
      import('../words/de/console.ts'),
    ]);
    return { shared, console };
  },
};
