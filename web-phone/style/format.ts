/** `4:05`, or `1:02:33` from an hour on. */
export function formatDuration(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const tail = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** A code in groups that can be read out: `123 456 7890`. */
export function formatCode(code: string): string {
  return code.length === 10
    ? `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`
    : code.replace(/(.{3})(?=.)/g, '$1 ');
}

/** A telephone number amid other words, isolated (UAX #9): in a page read from the right, too, its groups keep their order and `+` stays before it. */
export function leftToRight(number: string): string {
  return number === '' ? '' : `\u2066${number}\u2069`;
}

/** The first letters of the first and last word, for the lamp beside a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = firstLetter(words[0]);
  return (words.length > 1 ? first + firstLetter(words.at(-1)) : first).toLocaleUpperCase();
}

/** By code points, so that no letter beyond the basic plane is cut in two. */
function firstLetter(word: string | undefined): string {
  return [...(word ?? '')][0] ?? '';
}
