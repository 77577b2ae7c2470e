import type { LineEntry } from '../../protocol/http/line.ts';

/** What calls somebody of the list: the extension, else the account's name. */
export function numberOf({ extension, username }: LineEntry): string {
  return extension ?? username;
}

/** Those whose name or extension holds what was typed, but oneself. */
export function matching(
  people: readonly LineEntry[],
  typed: string,
  own: string | undefined,
): readonly LineEntry[] {
  const wanted = typed.trim().toLocaleLowerCase();
  return people.filter(
    ({ username, name, extension = '' }) =>
      username !== own &&
      (name.toLocaleLowerCase().includes(wanted) ||
        username.startsWith(wanted) ||
        extension.startsWith(wanted)),
  );
}

/**
 * What to dial for what was typed: a number as it is, without what is for people's eyes; a name by whom it
 * names. `undefined` where that is nobody, or several.
 */
export function toDial(
  people: readonly LineEntry[],
  typed: string,
  own: string | undefined,
): string | undefined {
  const text = typed.trim();
  if (/^[+*#\d][\d\s()./*#-]*$/.test(text)) return text.replace(/[\s()./-]/g, '');
  const exact = people.find(({ username }) => username === text.toLocaleLowerCase());
  if (exact) return numberOf(exact);
  const found = text === '' ? [] : matching(people, text, own);
  return found.length === 1 && found[0] ? numberOf(found[0]) : undefined;
}

/** How a number is called on the screen. */
export function nameOf(people: readonly LineEntry[], number: string): string {
  const found = people.find((each) => each.extension === number || each.username === number);
  return found?.name ?? number;
}
