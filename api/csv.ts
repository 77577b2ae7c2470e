import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | undefined;

/**
 * Lines of RFC 4180, each ending in CR LF. A cell that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: 'windows', escape_formulas: true },
  );
}
