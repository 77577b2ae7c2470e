import type { Finding } from '../../check/finding.ts';
import { fault, ok } from '../../check/finding.ts';

/** The names of the sound files of each language. */
export type Prompts = Readonly<Record<string, readonly string[]>>;

/** Whether every language can say all that the first of them can. */
export function promptFindings(prompts: Prompts): readonly Finding[] {
  const [first, ...others] = Object.entries(prompts);
  if (first === undefined || first[1].length === 0)
    return [
      fault('Prompts', 'there are none', 'Restore the folder prompts: callers hear nothing.'),
    ];
  const [language, names] = first;
  return [
    ok('Prompts', `${language}: ${names.length} files`),
    ...others.map(([other, found]) => compared(other, names, found)),
  ];
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
