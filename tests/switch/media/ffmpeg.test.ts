import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFfmpeg } from '../../../switch/media/ffmpeg.ts';

test('the program that the settings name is taken', () => {
  expect(findFfmpeg('/opt/ffmpeg', '/usr/bin')).toBe('/opt/ffmpeg');
});

test('without a name, one on the path is found where no package brought one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-ffmpeg-'));
  writeFileSync(join(folder, 'ffmpeg'), '');
  const found = findFfmpeg(undefined, `/nowhere:${folder}`);
  rmSync(folder, { recursive: true });
  expect(found).toMatch(/ffmpeg/);
});

test('nowhere is none, or what the optional package brought', () => {
  expect(findFfmpeg(undefined, '/nowhere') ?? 'ffmpeg-static').toContain('ffmpeg-static');
});
