import type { Finding } from '../../check/finding.ts';
import { fault, ok } from '../../check/finding.ts';

/** Names of clips by language. */
export type Prompts = Readonly<Record<string, readonly string[]>>;

/** What each language has to say, by `prompts/catalogue.tsv`: a dash is not needed there. */
export function wantedIn(catalogue: string): Prompts {
  const rows = catalogue
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
  const namesOf = (column: number): readonly string[] =>
    rows.flatMap((row) => (row[column] === '-' || row[column] === '–' ? [] : [row[0] ?? '']));
  return { en: namesOf(1), de: namesOf(2) };
}

/** Whether every language can say all that it has to. */
export function promptFindings(wanted: Prompts, found: Prompts): readonly Finding[] {
  return Object.entries(wanted).map(([language, names]) =>
    compared(language, names, found[language] ?? []),
  );
}

function compared(language: string, wanted: readonly string[], found: readonly string[]): Finding {
  const missing = wanted.filter((name) => !found.includes(name));
  if (missing.length === 0) return ok('Prompts', `${language}: ${found.length} files`);
  const some = missing.slice(0, 3).join(', ');
  return fault(
    'Prompts',
    `${language}: ${missing.length} missing, such as ${some}`,
    `Restore prompts/${language}: callers hear silence there.`,
  );
}
