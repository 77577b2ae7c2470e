/** Composition root: reads the settings, starts every part, joins them, stops them in reverse. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import type { Readiness } from './api/parts.ts';
import { startApi } from './api/server.ts';
import { startBridge, type Bridge } from './bridge/bridge.ts';
import {
  ConfigError,
  readConfig,
  settingsHelp,
  type Config,
  type DrachtioServer,
  type FreeswitchNode,
} from './config.ts';
import { openLog } from './log.ts';
import { adminKey, signingKeys } from './meetings/keys.ts';
import { openMeetings } from './meetings/open.ts';
import { openLmdb } from './meetings/store/lmdb.ts';
import { openRedis } from './meetings/store/redis.ts';
import type { Store } from './meetings/store/store.ts';
import type { Log } from './protocol/log.ts';
import { startGateway, type Gateway } from './sip-gateway/gateway.ts';
import { startDrachtio } from './switch/drachtio/drachtio.ts';
import { startEmbeddedFreeswitch } from './switch/embedded.ts';

const ROOT = import.meta.dirname;
/** Digest passwords are bound to it, so it never changes. */
const REALM = 'partyline';
const READY_WITHIN_MS = 15_000;

/** Undone in reverse: whatever starts is owned by what started it. */
const started: (() => Promise<void>)[] = [];

interface Engines {
  readonly freeswitch: readonly FreeswitchNode[];
  readonly drachtio: DrachtioServer;
  /** `ws://host:port` for browsers' SIP. */
  readonly ws: string;
  /** `host:port` that phones dial. */
  readonly sipAddress: string;
}

async function openStore(config: Config, log: Log): Promise<Store> {
  const now = Date.now;
  const store =
    config.redisUrl === undefined
      ? openLmdb(join(config.dataDir, 'store'), now)
      : await openRedis({
          url: config.redisUrl,
          now,
          onError: (error) => log('warn', 'Redis is not reachable', { error: error.message }),
        });
  started.push(() => store.close());
  return store;
}

/** The engines that the settings name; the embedded ones in place of those they do not. */
async function openEngines(config: Config, log: Log): Promise<Engines> {
  const freeswitch =
    config.freeswitch.length > 0 ? config.freeswitch : [await embedFreeswitch(config, log)];
  if (config.drachtio !== undefined) {
    const sipAddress = hostPort(config.publicIp, config.sip.port);
    return { freeswitch, drachtio: config.drachtio, ws: config.drachtioWs, sipAddress };
  }
  const secret = randomBytes(24).toString('hex');
  const { host, port } = config.sip;
  const drachtio = await startDrachtio({
    host: '127.0.0.1',
    port: 0,
    secret,
    sip: { host, port, wsPort: 0, publicHost: config.publicIp },
    log,
  });
  started.push(() => drachtio.stop());
  return {
    freeswitch,
    drachtio: { host: '127.0.0.1', port: drachtio.port, secret },
    ws: `ws://127.0.0.1:${drachtio.wsPort}`,
    sipAddress: hostPort(config.publicIp, drachtio.sipPort),
  };
}

async function embedFreeswitch(config: Config, log: Log): Promise<FreeswitchNode> {
  const freeswitch = await startEmbeddedFreeswitch({
    mediaHost: config.sip.host,
    publicHost: config.publicIp,
    rtpPorts: config.rtpPorts,
    ...(config.ffmpeg === undefined ? {} : { ffmpeg: config.ffmpeg }),
    log,
  });
  started.push(() => freeswitch.stop());
  return freeswitch;
}

function hostPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether calls can be taken, and what is missing. */
function readiness(bridge: Bridge, gateway: Gateway): Readiness {
  const engines = bridge.engines();
  const { drachtio } = gateway.status();
  const troubles =
    drachtio === 'joined' ? [] : [`drachtio: ${drachtio}; phones and browsers cannot call.`];
  const ok = troubles.length === 0 && engines.some(({ state }) => state === 'joined');
  return { ok, engines, troubles };
}

interface Running {
  readonly webAddress: string;
  readonly sipAddress: string;
  readonly ready: () => Readiness;
}

async function start(config: Config, key: string, log: Log): Promise<Running> {
  const store = await openStore(config, log);
  const engines = await openEngines(config, log);
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const keys = await signingKeys(store, random);
  const identityKey = new Uint8Array(hkdfSync('sha256', keys.tokens, '', 'call identity', 32));
  let webAddress = '';
  let bridge: Bridge | undefined = undefined;
  const meetings = await openMeetings({
    store,
    now: Date.now,
    random,
    realm: REALM,
    adminKey: key,
    isLocked: (room) => bridge?.rooms().get(room)?.locked ?? false,
    publicUrl: () => webAddress,
    sipHost: engines.sipAddress,
    dialIn: config.dialIn,
  });
  const rooms = startBridge({
    nodes: engines.freeswitch,
    admissions: meetings.admissions,
    identityKey,
    promptsDir: join(ROOT, 'prompts'),
    now: Date.now,
    log,
  });
  bridge = rooms;
  started.push(() => rooms.stop());
  const gateway = startGateway({
    drachtio: engines.drachtio,
    switches: engines.freeswitch.map(({ sip }) => sip),
    directory: meetings.directory,
    identityKey,
    realm: REALM,
    digests: config.sip.digests,
    now: Date.now,
    random,
    log,
  });
  started.push(() => gateway.stop());
  const api = await startApi({
    host: config.http.host,
    port: config.http.port,
    tls: config.http.tls && readCertificate(config.http.tls),
    rooms,
    meetings,
    sipWs: engines.ws,
    webDir: join(ROOT, 'web-phone/dist'),
    ready: () => readiness(rooms, gateway),
    log,
    now: Date.now,
    random,
  });
  started.push(() => api.stop());
  webAddress = api.url;
  return { webAddress, sipAddress: engines.sipAddress, ready: () => readiness(rooms, gateway) };
}

function readCertificate(files: { cert: string; key: string }): { cert: string; key: string } {
  return { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') };
}

/** What to do next, for the person who started the program. */
function banner(
  config: Config,
  { webAddress, sipAddress }: Running,
  made: boolean,
  key: string,
): string {
  const keyFile = join(config.dataDir, 'admin-key');
  const shownKey =
    config.adminKey === undefined
      ? `${made ? key : '(as before)'}  kept in ${keyFile}`
      : '(ADMIN_KEY)';
  const phones = config.dialIn.map(({ number }) => `sip:${number}@${sipAddress}`).join('  ');
  return [
    'Partyline is ready.',
    '',
    `  Console     ${webAddress}/console`,
    `  Admin key   ${shownKey}`,
    `  Phones      ${phones}  then the meeting's code and #`,
    '',
    '  Next: open the console, create a meeting, open its join link or dial in. Ctrl+C stops.',
    '',
  ].join('\n');
}

/** Resolves once calls can be taken, or when patience ends: then the log says why not. */
async function whenReady({ ready }: Running, log: Log): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!ready().ok && Date.now() < giveUpAt) await wait(20);
  const { ok, engines, troubles } = ready();
  if (!ok) log('warn', 'not ready for calls yet', { engines, troubles });
}

async function stop(): Promise<void> {
  for (const undo of started.reverse()) await undo();
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
  const { key, made } = adminKey(config.adminKey, config.dataDir, (bytes) => randomBytes(bytes));
  const running = await start(config, key, log);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
  await whenReady(running, log);
  process.stdout.write(banner(config, running, made, key));
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
