import type { Stage } from './stage.ts';
import { doors } from './scenes-doors.ts';
import { callsIn } from './scenes-in.ts';
import { callsOut } from './scenes-out.ts';

/** One part of the script for drachtio. */
export interface Scene {
  /** Names its transcript's file. */
  readonly name: string;
  play(stage: Stage): Promise<void>;
}

export const SCRIPT: readonly Scene[] = [...doors, ...callsIn, ...callsOut];
