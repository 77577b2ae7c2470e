import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

const PAGES = new URL('../../../web-phone/', import.meta.url);
const VIEWS = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.tsx') && !file.startsWith('dist'),
);

/** What a person reads or hears of an element, where it is written down as it is. */
const SAID =
  /^(label|title|hint|placeholder|verb|what|words|about|alt|aria-label|aria-description)$/;
const WORD = /\p{L}{3}/u;
/** Names and addresses, the same in every language. */
const NAMES = ['partyline', 'provider'];
const ADDRESS = /^\S+\.example\.org\S*$|^https:\S+$/;

/** The words that stand in a view itself, and not in a table. */
function wordsIn(file: string): readonly string[] {
  const text = readFileSync(new URL(file, PAGES), 'utf8');
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && SAID.test(node.name.getText()) && node.initializer)
      if (ts.isStringLiteral(node.initializer)) found.push(node.initializer.text);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found.filter((said) => WORD.test(said) && !NAMES.includes(said) && !ADDRESS.test(said));
}

test.each(VIEWS)('no sentence stands in %s: it could not be put into German', (file) => {
  expect(wordsIn(file)).toEqual([]);
});
