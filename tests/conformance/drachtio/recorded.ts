import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from './scenes.ts';
import { Stage } from './stage.ts';
import type { Engine } from './stage.ts';

const DATA = join(import.meta.dirname, '../../data/drachtio-0.9.10');

/** Plays a scene on a server; the transcript as lines. */
export async function playScene(scene: Scene, engine: Engine): Promise<string[]> {
  const stage = new Stage(engine);
  try {
    await scene.play(stage);
    return stage.transcript;
  } finally {
    stage.close();
  }
}

/** What drachtio-server was recorded saying in a scene. */
export function readRecorded(scene: string): string[] {
  return readFileSync(join(DATA, `${scene}.txt`), 'utf8')
    .trimEnd()
    .split('\n');
}

export function writeRecorded(scene: string, lines: readonly string[]): void {
  writeFileSync(join(DATA, `${scene}.txt`), `${lines.join('\n')}\n`);
}
