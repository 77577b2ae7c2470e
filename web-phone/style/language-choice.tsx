import { choose } from '../words/choice.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../words/language.ts';
import { currentTongue, words } from '../words/words.ts';
import { Choice } from './choice-field.tsx';

export interface LanguageChoiceProps {
  /** `corner`: small, at the head of a page, its label for screen readers alone. */
  readonly look?: 'field' | 'corner';
}

const OPTIONS = LANGUAGES.map((language) => [language, LANGUAGE_NAMES[language]] as const);

/** What the page speaks; changes at once, in the midst of a call too, and is kept for the next visit. */
export function LanguageChoice({ look = 'field' }: LanguageChoiceProps) {
  return (
    <div class={`language-choice language-${look}`}>
      <Choice
        label={words('shared').language.label}
        value={currentTongue().language}
        options={OPTIONS}
        onChange={(language) => void choose(language)}
      />
    </div>
  );
}
