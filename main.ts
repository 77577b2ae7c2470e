/** The process: settings in, a banner out, the signals that end it. `partyline.ts` joins the parts. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { banner, type Running } from './banner.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { openLog } from './log.ts';
import { adminKey } from './meetings/keys.ts';
import { claimDirectory, openDirectory } from './meetings/store/claim.ts';
import { startPartyline } from './partyline.ts';
import type { Log } from './protocol/log.ts';
import { settingsHelp } from './settings.ts';
import { Started } from './started.ts';

const READY_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 4_500;

/** LMDB files serve one process; with Redis only the keys are here, and several may share them. */
async function ownDataDir({ dataDir, redisUrl }: Config, started: Started): Promise<void> {
  if (redisUrl !== undefined) return openDirectory(dataDir);
  const claim = await claimDirectory(dataDir);
  started.push(() => claim.release());
}

/** Resolves once calls can be taken, or when patience ends. */
async function whenReady({ ready }: Running): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!ready().ok && Date.now() < giveUpAt) await wait(20);
}

async function stop(started: Started, log: Log): Promise<void> {
  const late = setTimeout(() => {
    log('error', 'did not stop in time; what was left was cut off');
    process.exit(1);
  }, STOP_WITHIN_MS);
  await started.stop();
  clearTimeout(late);
}

function settings(): Config {
  const file = resolve('.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return readConfig({ ...fromFile, ...process.env });
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(settingsHelp());
    return;
  }
  const config = settings();
  const log = openLog(config.logLevel);
  const started = new Started();
  await ownDataDir(config, started);
  const made = adminKey(config.adminKey, config.dataDir, (bytes) => randomBytes(bytes));
  const running = await startPartyline({ config, adminKey: made.key, started, log });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop(started, log).then(() => process.exit(0)));
  }
  await whenReady(running);
  process.stdout.write(banner(config, running, made));
}

try {
  await main();
} catch (error) {
  // A wrong setting or a taken port is the operator's to mend; anything else is shown whole.
  const expected = error instanceof ConfigError || (error instanceof Error && 'cause' in error);
  const text =
    error instanceof Error
      ? expected
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
