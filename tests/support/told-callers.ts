import type { BridgeWorld } from './bridge-world.ts';
import { leg } from './bridge-world.ts';
import { eventually } from './eventually.ts';

const CLIP = /([\w-]+)\.wav/g;

/** What the nth leg was told before a room: one line for what was said in one breath. */
export function toldOutside(world: BridgeWorld, n: number): string[] {
  return world.heardLike(new RegExp(`^${leg(n)} playback `)).map(clips);
}

/** What the nth leg was told in a room, it alone. */
export function toldInside(world: BridgeWorld, n: number): string[] {
  const id = world.freeswitch.member(leg(n)).id;
  return world.heardLike(new RegExp(`^conference \\S+ play \\S+ ${id}$`)).map(clips);
}

/** Until these words were the last of what a caller was told. */
export function hears(list: () => readonly string[], words: string): Promise<unknown> {
  return eventually(`"${words}" is said last`, () => list().at(-1) === words, 4000).catch(
    (error: unknown) => {
      throw new Error(`${String(error)}; told: ${list().join(', ')}`);
    },
  );
}

function clips(line: string): string {
  return [...line.matchAll(CLIP)].map(([, clip]) => clip).join(' ');
}
