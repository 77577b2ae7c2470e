import type { Loader } from '../words/choice.ts';

/** What the softphone says before and after a call, a file a language. */
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

/** What is said of a call; it comes with the call's view. */
export const CALL_WORDS: Loader = {
  en: async () => ({ call: (await import('../words/en/call.ts')).call }),
  de: async () => ({ call: (await import('../words/de/call.ts')).call }),
};
