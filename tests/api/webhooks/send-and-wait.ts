/**
 * Run as a program of its own by killed.test.ts, which kills it: people come in, webhooks are told, and
 * it says how many events the log has.
 */
import { join } from 'node:path';
import { afterRealTime } from '../../../meetings/basics.ts';
import { ALL } from '../../../meetings/events/event-log.ts';
import { openLmdbLog } from '../../../meetings/events/lmdb-log.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import { addWebhook } from '../../../meetings/webhooks/open.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { comes, openSender } from '../../support/webhooks.ts';

const [directory = '', url = '', life = '', come = ''] = process.argv.slice(2);
const now = Date.now;
const store = openLmdb(join(directory, 'store'), now);
const events = openLmdbLog(join(directory, 'events'), { now, log: () => undefined });
// An earlier life's claim would be waited for: here each life begins after it.
const holder = `life-${life}`;
const { parts, sender } = openSender({ store, events, now, after: afterRealTime, holder });
await store.delete('lease:webhooks');
if ((await parts.registry.list()).length === 0) await addWebhook(parts, { url });
await sender.look();
for (let n = 0; n < Number(come); n++) {
  await events.append('m-aaaaaaaaaaaaaaaa', [
    comes('m-aaaaaaaaaaaaaaaa' as RoomId, Number(life) * 1_000 + n),
  ]);
  // More messages than it may live to send: what comes at once goes in one.
  const sent = sender.look();
  if (n % 5 === 0) await sent;
}
await sender.look();
await sender.look();
const { last } = await events.read(ALL, 1, 1);
process.stdout.write(`${last}\n`);
setInterval(() => undefined, 1_000);
