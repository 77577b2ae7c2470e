import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { bundled } from '../../support/bundled.ts';
import { Child } from '../../support/child.ts';
import { Dice } from '../../support/dice.ts';
import { killsOf, LANES } from '../../support/dying-writers.ts';
import { roomNumber } from '../../support/log-at.ts';
import { ADMIN_KEY } from '../../support/meetings.ts';

const LIVES = killsOf(100);
const SEED = 20_261_123;

let program: string;
let world: TestApi;
let marks = 0;
beforeAll(async () => {
  program = await bundled(new URL('consumer.ts', import.meta.url).pathname);
  world = await startTestApi();
}, 60_000);
afterAll(async () => {
  await world.stop();
});

/** Events as they come in a meeting: up to four at once, fifty times a second. */
function happen(dice: Dice): () => void {
  const timer = setInterval(() => {
    for (let n = dice.below(4); n >= 0; n--)
      world.rooms.tell({
        kind: 'room-opened',
        room: roomNumber(dice.below(3)),
        openedAtMs: ++marks,
      });
  }, 20);
  return () => clearInterval(timer);
}

/** Comes back from where it was each time it is killed: all that it saw. */
async function dieOften(by: string, before: number, dice: Dice): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let life = 0; life < LIVES / LANES; life++) {
    const child = new Child(process.execPath, [program]);
    const last = Number(seen.at(-1)?.split(' ')[0] ?? before);
    child.process.stdin?.write(`${by} ${world.api.url}/api/v1/events ${ADMIN_KEY} ${last}\n`);
    await child.prints(new RegExp(`(.*\n){${1 + dice.below(9)}}`));
    await child.kill('SIGKILL');
    seen.push(...child.printed.split('\n').slice(0, -1));
  }
  return seen;
}

test.each(['socket', 'stream'])(
  `programs by %s that are killed ${LIVES} times and come back see every event once`,
  { timeout: 120_000 },
  async (by) => {
    await world.recorded.recorder.written();
    const { last: before } = await world.recorded.events.read('all', 1, 0);
    const firstMark = marks + 1;
    const stop = happen(new Dice(SEED));
    const lanes = Array.from({ length: LANES }, (_, lane) => new Dice(SEED + lane));
    const all = await Promise.all(lanes.map((dice) => dieOften(by, before, dice)));
    stop();
    for (const seen of all) {
      expect(seen).toEqual(seen.map((_, at) => `${before + 1 + at} ${firstMark + at}`));
      expect(seen.length).toBeGreaterThan(LIVES / LANES);
    }
  },
);
