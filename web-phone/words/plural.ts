/** One form for one, another for all else (CLDR's `one` and `other`: enough for English and German). */
export function plural(count: number, one: string, other: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${other}`;
}
