import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTone } from '../support/tone-file.ts';

const DATA = join(import.meta.dirname, '../data/freeswitch-1.11.1');

/** What a real FreeSWITCH was recorded saying in a scene. */
export function readRecorded(scene: string): string[] {
  return readFileSync(fileOf(scene), 'utf8').trimEnd().split('\n');
}

export function writeRecorded(scene: string, lines: readonly string[]): void {
  writeFileSync(fileOf(scene), `${lines.join('\n')}\n`);
}

/** A folder with the sounds that scenes play, for as long as `use` runs. */
export async function withSounds<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-conformance-'));
  writeTone(join(folder, 'short.wav'), { hz: 620, rateHz: 8000, seconds: 0.4 });
  writeTone(join(folder, 'long.wav'), { hz: 770, rateHz: 8000, seconds: 20 });
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fileOf(scene: string): string {
  return join(DATA, `${scene}.txt`);
}
