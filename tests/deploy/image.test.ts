import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What is in the image and runs: not the pages' sources, which are built before. */
function running(): string[] {
  const { stdout } = spawnSync('git', ['ls-files', '*.ts'], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((file) => file !== '' && !/^(tests|web-phone)\/|\.config\.ts$|\.d\.ts$/.test(file));
}

/** The packages that a file imports when it runs; types are gone by then. */
function packagesOf(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(
    /^import (?!type )(?:[^;]*? from )?'((?:@[\w.-]+\/)?[\w][\w.-]*)[^']*';/gms,
  );
  return [...imports].map(([, name = '']) => name).filter((name) => name !== 'node');
}

test('what npm start imports is installed without the packages of development', () => {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>;
  const installed = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)]);
  const files = running();
  expect(files).toContain('main.ts');
  const found = files.flatMap(packagesOf);
  expect(found).toContain('express');
  expect(found.filter((name) => !installed.has(name))).toEqual([]);
});

test('no secret and no data of a working copy gets into the image', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  for (const path of ['.env', '.git', 'data', 'node_modules']) expect(ignored).toContain(path);
});
