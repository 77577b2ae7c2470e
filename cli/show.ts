import { asText } from '../check/finding.ts';
import type { Shown } from './command.ts';
import { plain, table } from './table.ts';

/** What was found, for a person at a terminal so wide. */
export function asLines(shown: Shown, width: number): string {
  switch (shown.kind) {
    case 'list':
      return shown.value.length === 0 ? 'None.' : table(shown.columns, shown.value, width);
    case 'facts':
      return factLines(shown.value);
    case 'said':
      return plain(shown.sentence);
    case 'reports':
      return asText(shown.value).trimEnd();
  }
}

function factLines(value: object): string {
  const facts = Object.entries(value).filter(([, each]) => each !== undefined);
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, each]) => `${name.padEnd(width)}  ${plain(inWords(each))}`).join('\n');
}

function inWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, part]) => `${name} ${inWords(part)}`)
      .join(', ');
  return String(value);
}
