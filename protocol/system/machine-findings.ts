import type { DiskFacts, SystemFacts, SystemFinding } from '../http/system.ts';
import { bad, good } from './finding.ts';

const MIB = 1024 * 1024;
const LITTLE_DISK = 2_048 * MIB;
const NO_DISK = 256 * MIB;
const MUCH_MEMORY = 0.75;
const SLOW_LOOP_MS = 50;
const STUCK_LOOP_MS = 250;
const SLOW_STORE_MS = 100;
const CLOCK_LITTLE_MS = 2_000;
const CLOCK_MUCH_MS = 30_000;
const DAY_MS = 86_400_000;
const SOON_DAYS = 21;

/** Of the store, the machine and the way to the pages. */
export function machineFindings(facts: SystemFacts): readonly SystemFinding[] {
  return [
    storeFinding(facts),
    ...clockFindings(facts),
    ...facts.disks.map(diskFinding),
    memoryFinding(facts),
    loopFinding(facts),
    webFinding(facts),
  ];
}

function storeFinding({ store }: SystemFacts): SystemFinding {
  const { kind, answersInMs: ms } = store;
  if (ms === undefined)
    return bad(
      ['store-away', 'fault'],
      'The store does not answer: new calls cannot be let in. Calls that are up go on.',
      kind === 'redis' ? 'Start Redis, or look at REDIS_URL.' : 'Look at the disk of DATA_DIR.',
      { store: kind },
    );
  if (ms > SLOW_STORE_MS)
    return bad(
      ['store-slow', 'warning'],
      `The store takes ${ms} ms to answer.`,
      kind === 'redis' ? 'Bring Redis nearer, or give it more.' : 'Put DATA_DIR on a faster disk.',
      { ms, store: kind },
    );
  return good('store-up', `The store answers within ${ms} ms.`, { ms });
}

function clockFindings({ store: { clockOffMs } }: SystemFacts): readonly SystemFinding[] {
  if (clockOffMs === undefined) return [];
  const seconds = (Math.abs(clockOffMs) / 1_000).toFixed(1);
  if (Math.abs(clockOffMs) < CLOCK_LITTLE_MS)
    return [good('clock-right', `The clocks agree to ${seconds} s.`, { seconds })];
  return [
    bad(
      ['clock-off', Math.abs(clockOffMs) < CLOCK_MUCH_MS ? 'warning' : 'fault'],
      `This machine’s clock is ${seconds} s from the store’s.`,
      'Let chrony or systemd-timesyncd set the clocks: tickets and codes go by them.',
      { seconds },
    ),
  ];
}

function diskFinding({ what, freeBytes }: DiskFacts): SystemFinding {
  const values = { what, free: Math.floor(freeBytes / MIB) };
  const place = what === 'data' ? 'DATA_DIR' : 'the recordings';
  const found = `${values.free} MiB are free for ${place}.`;
  if (freeBytes >= LITTLE_DISK) return good('disk-enough', found, values);
  const mark = freeBytes < NO_DISK ? 'fault' : 'warning';
  return bad(
    ['disk-little', mark],
    found,
    what === 'data'
      ? 'Make room, or name a folder on another disk in DATA_DIR.'
      : 'Delete old recordings, set RECORDING_DAYS, or name another disk in CALL_FILES_DIR.',
    values,
  );
}

function memoryFinding({ process }: SystemFacts): SystemFinding {
  const mib = Math.round(process.memoryBytes / MIB);
  const percent = Math.round((100 * process.memoryBytes) / process.memoryTotalBytes);
  const found = `This process has ${mib} MiB of memory, ${percent} % of the machine’s.`;
  if (process.memoryBytes < MUCH_MEMORY * process.memoryTotalBytes)
    return good('memory-enough', found, { mib, percent });
  const remedy = 'Give the machine more memory, or spread the rooms over several.';
  return bad(['memory-little', 'warning'], found, remedy, { mib, percent });
}

function loopFinding({ process }: SystemFacts): SystemFinding {
  const ms = Math.round(process.loopDelay.p99);
  if (ms < SLOW_LOOP_MS)
    return good('loop-quick', `This process is at most ${ms} ms late (99 of 100 times).`, { ms });
  return bad(
    ['loop-slow', ms < STUCK_LOOP_MS ? 'warning' : 'fault'],
    `This process is ${ms} ms late: clicks and calls wait for it.`,
    'Give it a processor of its own, or take load away: a real FreeSWITCH in place of the embedded one does most.',
    { ms },
  );
}

function webFinding({ web, at }: SystemFacts): SystemFinding {
  const { url, certificate } = web;
  const { hostname, protocol } = new URL(url);
  if (certificate === undefined) {
    if (protocol === 'https:')
      return good('web-elsewhere', `Somebody before us speaks HTTPS for ${hostname}.`, {
        host: hostname,
      });
    if (/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
      return good('web-elsewhere', 'Pages are for this machine alone: no certificate is needed.', {
        host: hostname,
      });
    return bad(
      ['web-plain', 'fault'],
      `Pages come by plain HTTP from ${hostname}: browsers give them no microphone.`,
      'Set TLS_CERT and TLS_KEY, or PUBLIC_URL to the https address of a proxy.',
      { host: hostname },
    );
  }
  return certificateFinding(certificate, hostname, Date.parse(at));
}

function certificateFinding(
  { validFrom, validTo, fits }: NonNullable<SystemFacts['web']['certificate']>,
  host: string,
  nowMs: number,
): SystemFinding {
  const renew = 'Renew it, then send SIGHUP: calls go on.';
  const until = validTo.slice(0, 10);
  const days = Math.floor((Date.parse(validTo) - nowMs) / DAY_MS);
  if (nowMs < Date.parse(validFrom))
    return bad(
      ['certificate-early', 'fault'],
      'The certificate is not valid yet.',
      'Set the clock of this machine.',
    );
  if (nowMs >= Date.parse(validTo))
    return bad(['certificate-over', 'fault'], `The certificate ran out on ${until}.`, renew, {
      until,
    });
  if (!fits)
    return bad(
      ['certificate-other', 'fault'],
      `The certificate is not for ${host}.`,
      `Get one for ${host}, or set PUBLIC_URL to its name.`,
      { host },
    );
  if (days < SOON_DAYS)
    return bad(
      ['certificate-ends', 'warning'],
      `The certificate runs out in ${days} days.`,
      renew,
      { days },
    );
  return good('certificate-good', `The certificate is good until ${until}.`, { until });
}
