import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFfmpeg } from '../../../switch/media/ffmpeg.ts';

test('the program that the settings name is taken', () => {
  expect(findFfmpeg('/opt/ffmpeg', '/usr/bin')).toBe('/opt/ffmpeg');
});

test('without a name, one on the path is found where no package brought one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-ffmpeg-'));
  writeFileSync(join(folder, 'ffmpeg'), '', { mode: 0o755 });
  const found = findFfmpeg(undefined, `/nowhere:${folder}`);
  rmSync(folder, { recursive: true });
  expect(found).toMatch(/ffmpeg/);
});

test('nowhere is none, or what the optional package brought', () => {
  expect(findFfmpeg(undefined, '/nowhere') ?? 'ffmpeg-static').toContain('ffmpeg-static');
});

test('a folder on the path that cannot be entered is passed over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-ffmpeg-'));
  const [locked, loop] = [join(folder, 'locked'), join(folder, 'loop')];
  mkdirSync(locked);
  chmodSync(locked, 0o000);
  symlinkSync(loop, loop);
  expect(() => findFfmpeg(undefined, `${locked}:${loop}:/nowhere`)).not.toThrow();
  rmSync(folder, { recursive: true });
});
