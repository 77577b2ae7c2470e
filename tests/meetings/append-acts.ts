/** Run as a program of its own by audit-log.test.ts, which kills it: appends, and says each number once it is kept. */
import { openLmdb } from '../../meetings/store/lmdb.ts';
import { openAudit } from '../support/audit.ts';

const audit = await openAudit(openLmdb(process.argv[2] ?? '', Date.now), Date.now);
let made = 0;

/** Four are on their way at any time, so that one write takes several. */
async function actForEver(): Promise<void> {
  for (;;) {
    const n = ++made;
    await audit.record({ who: 'key', from: '192.0.2.7', act: `act ${n}`, outcome: 'done' });
    process.stdout.write(`${n}\n`);
  }
}

await Promise.all([1, 2, 3, 4].map(actForEver));
