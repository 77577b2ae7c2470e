/** Whether every word that was typed is in one of the texts; capitals, accents and blanks do not matter. */
export function fits(typed: string, texts: readonly (string | undefined)[]): boolean {
  const inside = texts.map((text) => folded(text ?? '')).join('\n');
  return folded(typed)
    .split(/\s+/)
    .every((word) => inside.includes(word));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
