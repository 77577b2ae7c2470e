const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' };

/**
 * Splits on runs of blanks as `switch_separate_string` does (switch_utils.c): single quotes keep
 * blanks together, a backslash frees the character after it. At most `most` words; what follows
 * is dropped.
 */
export function separateString(text: string, most = 25): string[] {
  const words: string[] = [];
  let from = 0;
  while (from < text.length && words.length < most) {
    while (text[from] === ' ' && words.length > 0) from++;
    if (from >= text.length) break;
    const end = wordEnd(text, from);
    words.push(unquote(text.slice(from, end)));
    from = end;
  }
  return words;
}

/** Splits on one character, the same quotes and escapes observed; empty words stay. */
export function separateBy(text: string, delimiter: string): string[] {
  const words: string[] = [];
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === "'") quoted = !quoted;
    else if (text[at] === delimiter && !quoted) {
      words.push(unquote(text.slice(from, at)));
      from = at + 1;
    }
  }
  return [...words, unquote(text.slice(from))];
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  let quoted = false;
  for (; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === "'") quoted = !quoted;
    else if (text[at] === ' ' && !quoted) break;
  }
  return Math.min(at, text.length);
}

function unquote(word: string): string {
  let quoted = false;
  let out = '';
  let keep = 0;
  const body = word.replace(/^ +/, '');
  for (let at = 0; at < body.length; at++) {
    const letter = body[at]!;
    const escaped = letter === '\\' ? escapeOf(body[at + 1]) : undefined;
    if (escaped !== undefined) {
      out += escaped;
      at++;
      keep = out.length;
    } else if (letter === "'" && (quoted || body.includes("'", at + 1))) {
      quoted = !quoted;
      keep = out.length;
    } else {
      out += letter;
      if (letter !== ' ' || quoted) keep = out.length;
    }
  }
  return out.slice(0, keep);
}

function escapeOf(letter: string | undefined): string | undefined {
  if (letter === undefined) return undefined;
  if (letter === "'" || letter === '"' || letter === '\\') return letter;
  return ESCAPES[letter];
}
