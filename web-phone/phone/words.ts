import type { Loader } from '../words/choice.ts';

/** What the softphone says, a file a language. */
export const PHONE_WORDS: Loader = {
  en: async () => {
    const [{ sharedWords: shared }, { phoneWords: phone }] = await Promise.all([
      import('../words/en/shared.ts'),
      import('../words/en/phone.ts'),
    ]);
    return { shared, phone };
  },
  de: async () => {
    const [{ sharedWords: shared }, { phoneWords: phone }] = await Promise.all([
      import('../words/de/shared.ts'),
      import('../words/de/phone.ts'),
    ]);
    return { shared, phone };
  },
};
