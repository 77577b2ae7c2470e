/** Run as a program of its own by kill.test.ts: writes at its word, tells what is promised, is killed. */
import { createInterface } from 'node:readline';
import type { Store } from '../../../meetings/store/store.ts';
import { openStoreAt } from '../../support/store-at.ts';

/** Each write of the contract; what it says is there from then on, or is not. */
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

/** Three writes are on their way at any time. */
async function writeForEver(store: Store, life: number): Promise<void> {
  let made = 0;
  const one = async (): Promise<void> => {
    for (;;) {
      const n = life * 1_000_000 + made++;
      const write = WRITES[n % WRITES.length]!;
      process.stdout.write(`${await write(store, n)}\n`);
    }
  };
  await Promise.all([one(), one(), one()]);
}

createInterface(process.stdin).once('line', (line) => {
  const [address = '', life] = line.split(' ');
  void openStoreAt(address).then((store) => writeForEver(store, Number(life)));
});
