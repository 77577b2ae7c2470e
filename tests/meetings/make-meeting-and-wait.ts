/** Run as a program of its own by durability.test.ts, which kills it. */
import { randomBytes } from 'node:crypto';
import { openMeetings } from '../../meetings/open.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';

const store = openLmdb(process.argv[2] ?? '', Date.now);
const { meetings, accounts, tickets } = await openMeetings({
  store,
  now: Date.now,
  random: randomBytes,
  realm: 'partyline',
  adminKey: 'not-used-in-this-program',
  publicUrl: () => 'http://127.0.0.1',
  sipHost: '127.0.0.1',
  dialIn: [],
  isLocked: () => false,
});
const made = await meetings.create({ name: 'Survivor', extension: '4242' });
if (!made.ok) throw new Error(made.reason);
const personal = await tickets.personal(made.meeting, { name: 'Ada', role: 'participant' });
await accounts.create('desk', 'Desk');
process.stdout.write(`${JSON.stringify({ meeting: made.meeting, personal })}\n`);
setInterval(() => undefined, 1_000);
