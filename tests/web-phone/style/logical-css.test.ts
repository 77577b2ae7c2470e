import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../../web-phone');
const SHEETS = ['console', 'line', 'phone', 'style'].flatMap((part) =>
  readdirSync(join(FOLDER, part))
    .filter((name) => name.endsWith('.css'))
    .map((name) => join(part, name)),
);
/** What names a side of the screen, where the side of the reading direction is meant. */
const SIDES =
  /(margin|padding|border)-(left|right)|^\s*(left|right|float)\s*:|text-align: (left|right)/;

test.each(SHEETS)('%s can be read from right to left', (sheet) => {
  const lines = readFileSync(join(FOLDER, sheet), 'utf8').split('\n');
  expect(lines.filter((line) => SIDES.test(line))).toEqual([]);
});
