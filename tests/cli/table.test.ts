import { expect, test } from 'vitest';
import { withoutSecrets } from '../../cli/secrets.ts';
import { plain, table } from '../../cli/table.ts';
import type { Column } from '../../cli/table.ts';

interface Row {
  readonly name: string;
  readonly muted?: boolean;
}
const columns: readonly Column[] = [
  { title: 'NAME', of: ({ name }: Row) => name },
  { title: 'MUTED', of: ({ muted }: Row) => muted },
];

test('columns are as wide as what is in them, and absent things are a dash', () => {
  expect(table(columns, [{ name: 'Ada', muted: true }, { name: 'Grace Hopper' }], 80)).toBe(
    ['NAME          MUTED', 'Ada           yes', 'Grace Hopper  –'].join('\n'),
  );
});

test('no line is wider than the terminal: the widest column gives way', () => {
  const rows = [{ name: 'A very long name indeed', muted: false }];
  const lines = table(columns, rows, 20).split('\n');
  expect(lines).toEqual(['NAME           MUTED', 'A very long …  no']);
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(20);
});

test('a name cannot move the cursor, nor turn the line round', () => {
  expect(plain('a\u001b[2Jb\r\nc\u202ed\u009b')).toBe('a�[2Jb��c�d�');
  expect(table(columns, [{ name: '\u001b]0;x\u0007' }], 80)).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f]/,
  );
});

test('what opens something is left out, however deep it lies', () => {
  const meeting = { id: 'm', codes: { join: '1' }, joinUrl: 'x', dialIn: [{ number: '7000' }] };
  expect(withoutSecrets({ kind: 'snapshot', meetings: [meeting], key: 'k' })).toEqual({
    kind: 'snapshot',
    meetings: [{ id: 'm', dialIn: [{ number: '7000' }] }],
  });
});
