import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isOlder, NEEDED_MODULES, OLDEST_VERSION, warningsOf } from '../../bridge/fitness.ts';

const VERSIONS: readonly [string, boolean][] = [
  ['1.11.1-release', false],
  ['1.11.1-partyline', false],
  ['1.11.2', false],
  ['1.12', false],
  ['2.0.0', false],
  ['1.11.0', true],
  ['1.11', true],
  ['1.10.12-release', true],
  ['1.9.99', true],
  ['nightly', false],
];
for (const [version, older] of VERSIONS) {
  test(`${version} is ${older ? 'too old' : 'taken'}`, () => {
    expect(isOlder(version, OLDEST_VERSION)).toBe(older);
  });
}

test('a missing module is told with what it gives and where to load it', () => {
  expect(warningsOf('fs1:8021', { version: '1.11.1', missing: ['mod_opus'] })).toEqual([
    "FreeSWITCH at fs1:8021 lacks mod_opus, which gives browsers' audio: load it in modules.conf.xml.",
  ]);
});

test('our configuration loads every module that is needed', () => {
  const conf = '../../freeswitch-conf/autoload_configs/modules.conf.xml';
  const loaded = readFileSync(new URL(conf, import.meta.url), 'utf8');
  for (const module of Object.keys(NEEDED_MODULES))
    expect(loaded).toContain(`<load module="${module}"/>`);
});
