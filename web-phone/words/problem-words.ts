import type { Problem } from '../../protocol/http/problem.ts';
import type { problems } from './en/problems.ts';

const KIND = /^urn:partyline:problem:(.+)$/;
const NUMBER = /\b[0-9a-f]{12}\b/;

/** A refusal in the page's language where its type is known, else in the server's words (English). */
export function problemWords(problem: Problem, say: typeof problems): string {
  if (problem.status === 0) return say.unreachable;
  const kind = KIND.exec(problem.type)?.[1] ?? '';
  const [number] = NUMBER.exec(kind === 'internal' ? problem.detail : '') ?? [];
  if (number !== undefined) return say.internal(number);
  const known = say.known[`${kind}.${problem.field ?? ''}`] ?? say.known[kind];
  return known ?? say.other(problem.detail);
}
