import { describe, expect, it } from 'vitest';
import { languageFor, localeFor } from '../../../web-phone/words/language.ts';

describe('the language of the pages', () => {
  it.each([
    [['de-AT', 'en'], 'de', 'de-AT'],
    [['fr', 'de', 'en'], 'de', 'de'],
    [['en-GB'], 'en', 'en-GB'],
    [['fr-CA', 'pl'], 'en', 'en'],
    [['DE'], 'de', 'DE'],
    [['en-US@posix', 'en-GB'], 'en', 'en-GB'],
    [['de_DE.UTF-8'], 'en', 'en'],
    [['en@x'], 'en', 'en'],
    [[], 'en', 'en'],
  ])('somebody who prefers %j reads %s, with numbers as in %s', (asked, language, locale) => {
    expect(languageFor(asked)).toBe(language);
    expect(localeFor(languageFor(asked), asked)).toBe(locale);
  });
});
