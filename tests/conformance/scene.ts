import { Stage } from './stage.ts';
import type { Engine } from './stage.ts';
import { normalise } from './transcript.ts';

/** One part of the script. It leaves no call behind. */
export interface Scene {
  /** Names its transcript's file. */
  readonly name: string;
  /** What it listens to, as after `event json`. */
  readonly events: string;
  play(stage: Stage): Promise<void>;
}

/** Plays a scene on an engine; the transcript as lines. */
export async function playScene(scene: Scene, engine: Engine): Promise<string[]> {
  const stage = await Stage.open(engine, scene.events);
  try {
    await scene.play(stage);
  } finally {
    stage.close();
  }
  return normalise(stage.transcript);
}
