/** Run as a program of its own by kill.test.ts: appends at its word, tells what is promised, is killed. */
import { createInterface } from 'node:readline';
import type { EventLog } from '../../../meetings/events/event-log.ts';
import { openLogAt, roomNumber } from '../../support/log-at.ts';

const MEETINGS = 3;

/** Three requests are on their way at any time. */
async function appendForEver(log: EventLog, life: number): Promise<void> {
  let made = 0;
  const one = async (): Promise<void> => {
    for (;;) {
      const mark = life * 1_000_000 + made++;
      const room = roomNumber(mark % MEETINGS);
      const note = {
        kind: 'event',
        event: { kind: 'room-opened', room, openedAtMs: mark },
      } as const;
      const [logged] = await log.append(room, [note]);
      process.stdout.write(`${room} ${logged?.seq} ${mark}\n`);
    }
  };
  await Promise.all([one(), one(), one()]);
}

createInterface(process.stdin).once('line', (line) => {
  const [address = '', life] = line.split(' ');
  void openLogAt(address, { now: Date.now, log: () => undefined }).then((log) =>
    appendForEver(log, Number(life)),
  );
});
