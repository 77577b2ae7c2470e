/** What the pages can speak. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** The first language asked for that we speak, by its primary subtag (RFC 4647, lookup); else English. */
export function languageFor(asked: readonly string[]): Language {
  return asked.map(primary).find(isLanguage) ?? 'en';
}

/**
 * How numbers and times are written: as the person's own region does where it speaks the language
 * (`de-AT`), else as the language does.
 */
export function localeFor(language: Language, asked: readonly string[]): string {
  return asked.find((tag) => primary(tag) === language && isWritten(tag)) ?? language;
}

/** Whether it is a language tag (BCP 47) at all: browsers pass on what the system says, as `en-US@posix`. */
function isWritten(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

function primary(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
