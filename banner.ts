import { join } from 'node:path';
import type { Readiness } from './api/parts.ts';
import type { Config } from './config.ts';
import type { AdminKey } from './meetings/keys.ts';
import { missing } from './readiness.ts';

/** Where everything is, once it runs. */
export interface Running {
  readonly webAddress: string;
  readonly sipAddress: string;
  readonly ready: () => Readiness;
}

/** What to do next, for the person who started the program. A key is shown when it is made, never again. */
export function banner(
  config: Pick<Config, 'dataDir' | 'adminKey' | 'dialIn'>,
  { webAddress, sipAddress, ready }: Running,
  { key, made }: AdminKey,
): string {
  const keyFile = join(config.dataDir, 'admin-key');
  const shownKey =
    config.adminKey === undefined
      ? `${made ? key : '(as before)'}  kept in ${keyFile}`
      : '(ADMIN_KEY)';
  const phones = config.dialIn.map(({ number }) => `sip:${number}@${sipAddress}`).join('  ');
  return [
    ready().ok ? 'Partyline is ready.' : notReady(ready()),
    '',
    `  Console     ${webAddress}/console`,
    `  Admin key   ${shownKey}`,
    `  Phones      ${phones}  then the meeting's code and #`,
    '',
    '  Next: open the console, create a meeting, open its join link or dial in. Ctrl+C stops.',
    '',
  ].join('\n');
}

function notReady(readiness: Readiness): string {
  const sentences = missing(readiness).map((sentence) => `  - ${sentence}`);
  return [
    'Partyline is up, but cannot take calls yet:',
    ...sentences,
    '  It keeps trying; the log and the console say when that has changed.',
  ].join('\n');
}
