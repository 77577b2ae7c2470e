import { isLanguage, languageFor, localeFor } from './language.ts';
import type { Language } from './language.ts';
import { speak } from './words.ts';
import type { Tables } from './words.ts';

/** Fetches the words of one language; each language is a file of its own, so nobody loads two. */
export type Loader = Readonly<Record<Language, () => Promise<Partial<Tables>>>>;

const KEY = 'partyline.language';

/**
 * Speaks what the address asks for (`?lang=de`), else what was chosen here before, else what the browser prefers. From then on
 * a choice in another tab holds here too.
 */
export async function speakFirst(load: Loader): Promise<void> {
  await speakNow(
    load,
    asked(location.search) ?? chosenBefore() ?? languageFor(navigator.languages),
  );
  addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY && newValue !== null && isLanguage(newValue)) void speakNow(load, newValue);
  });
}

/** The person chose: kept for the next visit. Nothing but the words changes, so a call goes on. */
export async function choose(load: Loader, language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is forbidden: the choice holds for this visit.
  }
  await speakNow(load, language);
}

async function speakNow(load: Loader, language: Language): Promise<void> {
  const tables = await load[language]();
  speak({ language, locale: localeFor(language, navigator.languages) }, tables);
  document.documentElement.lang = language;
}

function asked(search: string): Language | undefined {
  const language = new URLSearchParams(search).get('lang') ?? '';
  return isLanguage(language) ? language : undefined;
}

function chosenBefore(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEY) ?? '';
    return isLanguage(kept) ? kept : undefined;
  } catch {
    // Storage is forbidden: nothing was chosen.
    return undefined;
  }
}
