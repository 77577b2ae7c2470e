/**
 * Run as a program of its own by killed.test.ts, which kills it: goes on with the callbacks that an
 * earlier life left. The first life writes some, and says when all of them are kept.
 */
import { setImmediate } from 'node:timers/promises';
import { Courier } from '../../../api/bigbluebutton/courier.ts';
import { Errands } from '../../../api/bigbluebutton/errands.ts';
import { Letters } from '../../../api/bigbluebutton/letters.ts';
import { callbackSender } from '../../../api/bigbluebutton/outward.ts';
import { afterRealTime } from '../../../meetings/basics.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';

const [directory = '', url = '', count = ''] = process.argv.slice(2);
const letters = new Letters(openLmdb(directory, Date.now));
const log = () => undefined;
const courier = new Courier({
  ...{ letters, log, now: Date.now, after: afterRealTime },
  send: callbackSender(true),
  errands: new Errands(log),
  onGivenUp: () => undefined,
});
await courier.start();
for (let n = 0; n < Number(count); n++)
  courier.take('hook-1', { outward: { url, body: { type: 'text/plain', text: String(n) } } });
while ((await letters.list()).length < Number(count)) await setImmediate();
process.stdout.write('kept\n');
setInterval(() => undefined, 1_000);
