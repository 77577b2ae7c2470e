/** One column of a list. */
export interface Column {
  readonly title: string;
  readonly of: (row: never) => string | number | boolean | undefined;
}

const GAP = '  ';
const NARROWEST = 6;

/**
 * Rows under titles, in lines of at most `width` characters: the widest columns give way first, and
 * what does not fit ends in `…`. Nothing in a row can move the cursor of a terminal.
 */
export function table(columns: readonly Column[], rows: readonly object[], width: number): string {
  const cells = rows.map((row) => columns.map(({ of }) => plain(shown(of(row as never)))));
  const lines = [columns.map(({ title }) => title), ...cells];
  const widths = fitted(
    columns.map((_, at) => Math.max(...lines.map((line) => lengthOf(line[at] ?? '')))),
    width - GAP.length * (columns.length - 1),
  );
  return lines
    .map((line) =>
      line
        .map((cell, at) => padded(cell, widths[at] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

/** Text that means nothing to a terminal but itself: names come from strangers. */
export function plain(value: string): string {
  return value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (each) => (each === '\u200d' ? each : '�'));
}

function shown(value: string | number | boolean | undefined): string {
  if (value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function fitted(widths: readonly number[], room: number): number[] {
  const left = [...widths];
  const total = (): number => left.reduce((sum, each) => sum + each, 0);
  while (total() > room && Math.max(...left) > NARROWEST) {
    const widest = left.indexOf(Math.max(...left));
    left[widest] = (left[widest] ?? 0) - 1;
  }
  return left;
}

function padded(cell: string, width: number): string {
  const length = lengthOf(cell);
  if (length <= width) return cell + ' '.repeat(width - length);
  return `${[...cell].slice(0, Math.max(0, width - 1)).join('')}…`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
