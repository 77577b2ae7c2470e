import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCallFolders } from '../call-folders.ts';
import { readConfig } from '../config.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'partyline-folders-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function rights(folder: string): string {
  return (statSync(folder).mode & 0o7777).toString(8);
}

test('without a folder of a group, what callers said is for us alone', () => {
  const { callSoundsDir, recordingsDir } = openCallFolders(readConfig({ DATA_DIR: root }));
  expect(callSoundsDir).toBe(join(root, 'calls'));
  expect(rights(callSoundsDir)).toBe('700');
  expect(recordingsDir).toBeUndefined();
});

test('in a folder of a group, FreeSWITCH may write whatever our umask is', () => {
  const umask = process.umask(0o077);
  const settings = { DATA_DIR: join(root, 'data'), CALL_FILES_DIR: root, RECORDING: 'on' };
  const { callSoundsDir, recordingsDir = '' } = openCallFolders(readConfig(settings));
  process.umask(umask);
  expect([callSoundsDir, recordingsDir]).toEqual([join(root, 'calls'), join(root, 'recordings')]);
  expect([callSoundsDir, recordingsDir].map(rights)).toEqual(['2770', '2770']);
});

test('rights that somebody gave a folder stay', () => {
  mkdirSync(join(root, 'calls'), { mode: 0o750 });
  expect(rights(openCallFolders(readConfig({ DATA_DIR: root })).callSoundsDir)).toBe('750');
});
