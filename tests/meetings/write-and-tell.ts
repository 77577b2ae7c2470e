/** Run as a program of its own by kill.test.ts: writes at its word, tells what is promised, is killed. */
import { createInterface } from 'node:readline';
import type { EventLog } from '../../meetings/events/event-log.ts';
import type { Store } from '../../meetings/store/store.ts';
import { openLogAt, roomNumber } from '../support/log-at.ts';
import { openStoreAt } from '../support/store-at.ts';
import { MEETINGS, placesAt } from './dying-places.ts';

/** Each write of the store's contract; what it says is there from then on, or is not. */
const WRITES = [
  async (store: Store, n: number) => {
    await store.put(`put:${n}`, { value: n });
    return `there put:${n}`;
  },
  async (store: Store, n: number) => {
    await store.create(`create:${n}`, { value: n });
    return `there create:${n}`;
  },
  async (store: Store, n: number) => {
    await store.update<number>(`update:${n}`, () => ({ value: n }));
    return `there update:${n}`;
  },
  async (store: Store, n: number) => {
    await store.createAll([
      [`all:${n}`, { value: n }],
      [`all:${n}:too`, { value: n }],
    ]);
    return `there all:${n} all:${n}:too`;
  },
  async (store: Store, n: number) => {
    await store.put(`gone:${n}`, { value: n });
    await store.delete(`gone:${n}`);
    return `gone gone:${n}`;
  },
  async (store: Store) => {
    let count = 0;
    await store.update<number>('count', (now = 0) => ({ value: (count = now + 1) }));
    return `count ${count}`;
  },
] as const;

async function append(log: EventLog, mark: number): Promise<string> {
  const room = roomNumber(mark % MEETINGS);
  const event = { kind: 'room-opened', room, openedAtMs: mark } as const;
  const [logged] = await log.append(room, [{ kind: 'event', event }]);
  return `${room} ${logged?.seq} ${mark}`;
}

/** Three are on their way at any time. */
async function forEver(kind: string, one: (n: number) => Promise<string>): Promise<void> {
  let made = 0;
  const goOn = async (): Promise<void> => {
    for (;;) process.stdout.write(`${kind} ${await one(made++)}\n`);
  };
  await Promise.all([goOn(), goOn(), goOn()]);
}

async function live(address: string, life: number): Promise<void> {
  const first = life * 1_000_000;
  const at = placesAt(address);
  const [store, log] = await Promise.all([
    openStoreAt(at.store),
    openLogAt(at.log, { now: Date.now, log: () => undefined }),
  ]);
  await Promise.all([
    forEver('store', (n) => WRITES[n % WRITES.length]!(store, first + n)),
    forEver('log', (n) => append(log, first + n)),
  ]);
}

createInterface(process.stdin).once('line', (line) => {
  const [address = '', life] = line.split(' ');
  void live(address, Number(life));
});
