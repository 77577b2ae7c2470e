import { expect, test } from 'vitest';
import { weakness } from '../../protocol/secret.ts';

const GOOD = '3f9c0d5be1a847f2c6b0e9d4a7135c8f';

const CASES: readonly [string, string, string | undefined][] = [
  ['random digits', GOOD, undefined],
  ['24 characters', GOOD.slice(0, 24), undefined],
  ['128 characters', GOOD.repeat(4), undefined],
  ['none', '', 'is missing'],
  ["FreeSWITCH's own", 'ClueCon', 'is one that everybody knows'],
  ["drachtio-server's example", 'cymru', 'is one that everybody knows'],
  ["drachtio-server's own", 'admin', 'is one that everybody knows'],
  ['23 characters', GOOD.slice(0, 23), 'is shorter than 24 characters'],
  ['129 characters', `${GOOD.repeat(4)}0`, 'is longer than 128 characters'],
  ['one key held down', 'a'.repeat(30), 'repeats itself'],
  ['ClueCon, again and again', 'ClueCon'.repeat(4), 'repeats itself'],
  ['a line break, which would end an event socket command', `${GOOD}\n\nbgapi`, 'holds other'],
  ["drachtio's separator", `${GOOD}|x`, 'holds other'],
  ['what ends an XML attribute', `${GOOD}"`, 'holds other'],
];
for (const [name, secret, expected] of CASES) {
  test(`a secret of ${name} is ${expected === undefined ? 'taken' : 'refused'}`, () => {
    const why = weakness(secret);
    if (expected === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(expected);
    if (secret.length > 10) expect(why ?? '').not.toContain(secret.slice(0, 10));
  });
}
