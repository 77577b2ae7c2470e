import { isLanguage, languageFor, localeFor } from './language.ts';
import type { Language } from './language.ts';
import { speak } from './words.ts';
import type { Tables } from './words.ts';

/** Fetches the words of one language; each language is a file of its own, so nobody loads two. */
export type Loader = Readonly<Record<Language, () => Promise<Partial<Tables>>>>;

const KEY = 'partyline.language';

/** Whose words this page speaks by now. */
const loaders = new Set<Loader>();
let wanted: Language = 'en';

/**
 * Speaks what the address asks for (`?lang=de`), else what was chosen here before, else what the browser prefers. From then on
 * a choice in another tab holds here too.
 */
export async function speakFirst(load: Loader): Promise<void> {
  wanted = asked(location.search) ?? chosenBefore() ?? languageFor(navigator.languages);
  await speakToo(load);
  addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY && newValue !== null && isLanguage(newValue)) void speakNow(newValue);
  });
}

/** Speaks these words beside the others, in their language and whatever is chosen later. Throws if they cannot be fetched. */
export async function speakToo(load: Loader): Promise<void> {
  loaders.add(load);
  await speakNow(wanted);
}

/** The person chose: kept for the next visit. Nothing but the words changes, so a call goes on. */
export async function choose(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is forbidden: the choice holds for this visit.
  }
  await speakNow(language);
}

async function speakNow(language: Language): Promise<void> {
  wanted = language;
  const tables = await Promise.all([...loaders].map((load) => load[language]()));
  // While they were fetched another language was chosen: that one is spoken.
  if (language !== wanted) return;
  const tongue = { language, locale: localeFor(language, navigator.languages) };
  speak(tongue, Object.assign({}, ...tables) as Partial<Tables>);
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
