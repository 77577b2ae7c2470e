/** The embedded FreeSWITCH alone in a process, so that its processor time can be read from outside. */
import { startFreeswitch } from '../../switch/freeswitch/freeswitch.ts';
import { startMedia } from '../../switch/media/media.ts';
import type { Log } from '../../protocol/log.ts';

const log: Log = () => undefined;
const [password = ''] = process.argv.slice(2);
const host = '127.0.0.1';
const media = await startMedia({
  host,
  publicHost: host,
  ports: { first: 45_000, last: 48_999 },
  rtpTimeoutMs: 30_000,
  log,
});
const freeswitch = await startFreeswitch({ host, eslPort: 0, password, sipPort: 0, media, log });
console.log(`ready ${freeswitch.eslPort} ${freeswitch.sipAddress}`);
// It ends with the benchmark that started it, however that ended.
process.stdin.resume().once('end', () => process.exit(0));
