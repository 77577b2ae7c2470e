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

const WAYS = ['socket', 'stream'] as const;
type Way = (typeof WAYS)[number];
type Seen = Readonly<Record<Way, string[]>>;

/** So many whole lines of one way, whatever is between them. */
function linesBy(way: Way, count: number): RegExp {
  return new RegExp(`(^${way} .*\n(^(?!${way}).*\n)*){${count}}`, 'm');
}

function toldBy(way: Way, printed: string): readonly string[] {
  const whole = printed.split('\n').slice(0, -1);
  return whole.filter((line) => line.startsWith(way)).map((line) => line.slice(way.length + 1));
}

/** Comes back by both ways from where it was each time it is killed: all that it saw, by the way. */
async function dieOften(before: number, dice: Dice): Promise<Seen> {
  const seen: Seen = { socket: [], stream: [] };
  for (let life = 0; life < LIVES / LANES; life++) {
    const child = new Child(process.execPath, [program]);
    const last = WAYS.map((way) => Number(seen[way].at(-1)?.split(' ')[0] ?? before));
    const url = `${world.api.url}/api/v1/events`;
    child.process.stdin?.write(`${url} ${ADMIN_KEY} ${last.join(' ')}\n`);
    for (const way of WAYS) await child.prints(linesBy(way, 1 + dice.below(9)));
    await child.kill('SIGKILL');
    for (const way of WAYS) seen[way].push(...toldBy(way, child.printed));
  }
  return seen;
}

test(
  `programs that are killed ${LIVES} times and come back see every event once, by socket and by stream`,
  { timeout: 120_000 },
  async () => {
    await world.recorded.recorder.written();
    const { last: before } = await world.recorded.events.read('all', 1, 0);
    const stop = happen(new Dice(SEED));
    const lanes = Array.from({ length: LANES }, (_, lane) => new Dice(SEED + lane));
    const all = await Promise.all(lanes.map((dice) => dieOften(before, dice)));
    stop();
    for (const seen of all.flatMap(({ socket, stream }) => [socket, stream])) {
      expect(seen).toEqual(seen.map((_, at) => `${before + 1 + at} ${1 + at}`));
      expect(seen.length).toBeGreaterThan(LIVES / LANES);
    }
  },
);
