import type { ReadinessWords } from '../words/en/readiness.ts';

/** A sentence of the server's in the page's language where it is known, else as it is. */
export function readinessWords(sentence: string, known: ReadinessWords): string {
  for (const [pattern, say] of known) {
    const caught = pattern.exec(sentence);
    if (caught) return say(...caught.slice(1));
  }
  return sentence;
}
