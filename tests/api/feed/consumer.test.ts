import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { bundled } from '../../support/bundled.ts';
import type { Bundled } from '../../support/bundled.ts';
import { Child } from '../../support/child.ts';
import { Dice } from '../../support/dice.ts';
import { roomNumber } from '../../support/log-at.ts';
import { ADMIN_KEY } from '../../support/meetings.ts';

const LIVES = 100;
const SEED = 20_261_123;

let bundle: Bundled;
let world: TestApi;
let marks = 0;
beforeAll(async () => {
  bundle = await bundled(new URL('consumer.ts', import.meta.url).pathname);
  world = await startTestApi();
}, 60_000);
afterAll(async () => {
  await world.stop();
  bundle.remove();
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

test.each(['socket', 'stream'])(
  `a program by %s that is killed ${LIVES} times and comes back sees every event once`,
  { timeout: 120_000 },
  async (by) => {
    const dice = new Dice(SEED);
    await world.recorded.recorder.written();
    const { last: before } = await world.recorded.events.read('all', 1, 0);
    const [url, firstMark] = [`${world.api.url}/api/v1/events`, marks + 1];
    const seen: string[] = [];
    const stop = happen(dice);
    const start = () => new Child(process.execPath, [bundle.program]);
    let next = start();
    for (let life = 0; life < LIVES; life++) {
      const child = next;
      if (life < LIVES - 1) next = start();
      await child.prints(/ready\n/);
      const last = Number(seen.at(-1)?.split(' ')[0] ?? before);
      child.process.stdin?.write(`${by} ${url} ${ADMIN_KEY} ${last}\n`);
      await child.prints(new RegExp(`ready\n(.*\n){${1 + dice.below(9)}}`));
      await child.kill('SIGKILL');
      seen.push(...child.printed.split('\n').slice(1, -1));
    }
    stop();
    const expected = seen.map((_, at) => `${before + 1 + at} ${firstMark + at}`);
    expect(seen).toEqual(expected);
    expect(seen.length).toBeGreaterThan(LIVES);
  },
);
