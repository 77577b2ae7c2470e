/** Composition root: reads the settings, starts every part, joins them, stops them in reverse. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import type { Readiness } from './api/parts.ts';
import { startApi } from './api/server.ts';
import type { Api } from './api/server.ts';
import { openCallFolders } from './call-folders.ts';
import { readCertificate, renewCertificate } from './certificate.ts';
import {
  ConfigError,
  isAny,
  readConfig,
  type Config,
  type DrachtioServer,
  type FreeswitchNode,
} from './config.ts';
import { recordEvents } from './event-records.ts';
import { hostPort } from './engine-address.ts';
import { openLog } from './log.ts';
import { CallJournal } from './meetings/call-journal.ts';
import { adminKey, signingKeys } from './meetings/keys.ts';
import { openMeetings, type MeetingsParts } from './meetings/open.ts';
import { claimDirectory, openDirectory } from './meetings/store/claim.ts';
import { openLmdb } from './meetings/store/lmdb.ts';
import { openRedis } from './meetings/store/redis.ts';
import type { Store } from './meetings/store/store.ts';
import type { NodeControl } from './protocol/http/nodes.ts';
import type { Log } from './protocol/log.ts';
import type { RoomControl } from './protocol/room/control.ts';
import { missing, readinessOf } from './readiness.ts';
import { openRooms, type OpenRooms } from './rooms.ts';
import { startRecords } from './records.ts';
import { startGateway, type Gateway } from './sip-gateway/gateway.ts';
import type { Journal, KeptDialog } from './sip-gateway/journal.ts';
import { settingsHelp } from './settings.ts';
import { SeveralNodes } from './several-nodes.ts';
import { startDrachtio } from './switch/drachtio/drachtio.ts';
import { startEmbeddedFreeswitch } from './switch/embedded.ts';
import { findFfmpeg } from './switch/media/ffmpeg.ts';

const ROOT = import.meta.dirname;
/** Digest passwords are bound to it, so it never changes. */
const REALM = 'partyline';
const READY_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 4_500;

/** Undone in reverse: whatever starts is owned by what started it. */
const started: (() => Promise<void>)[] = [];

interface Engines {
  readonly freeswitch: readonly FreeswitchNode[];
  readonly drachtio: DrachtioServer;
  /** `ws://host:port` for browsers' SIP. */
  readonly ws: string;
  /** `host:port` that phones dial. */
  readonly sipAddress: string;
  /** Our SIP side as FreeSWITCH reaches it, for calls out. */
  readonly gateway: { readonly host: string; readonly port: number };
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

/** LMDB files serve one process; with Redis only the keys are here, and several may share them. */
async function ownDataDir({ dataDir, redisUrl }: Config): Promise<void> {
  if (redisUrl !== undefined) return openDirectory(dataDir);
  const claim = await claimDirectory(dataDir);
  started.push(() => claim.release());
}

/** The engines that the settings name; the embedded ones in place of those they do not. */
async function openEngines(config: Config, log: Log): Promise<Engines> {
  const freeswitch =
    config.freeswitch.length > 0 ? config.freeswitch : [await embedFreeswitch(config, log)];
  if (config.drachtio !== undefined) {
    const sipAddress = hostPort(config.publicIp, config.sip.port);
    const gateway = { host: reachable(config), port: config.sip.port };
    return { freeswitch, drachtio: config.drachtio, ws: config.drachtioWs, sipAddress, gateway };
  }
  const secret = randomBytes(24).toString('hex');
  const { host, port } = config.sip;
  const drachtio = await startDrachtio({
    host: '127.0.0.1',
    port: 0,
    secret,
    sip: { host, port, wsPort: 0, publicHost: config.publicIp },
    log,
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${why}. See SIP_HOST and SIP_PORT.`, { cause: error });
  });
  started.push(() => drachtio.stop());
  return {
    freeswitch,
    drachtio: { host: '127.0.0.1', port: drachtio.port, secret },
    ws: `ws://127.0.0.1:${drachtio.wsPort}`,
    sipAddress: hostPort(config.publicIp, drachtio.sipPort),
    gateway: { host: reachable(config), port: drachtio.sipPort },
  };
}

/** Listening on every address names none: our own FreeSWITCH reaches us here, others as phones do. */
function reachable({ sip, publicIp, freeswitch }: Config): string {
  if (!isAny(sip.host)) return sip.host;
  return freeswitch.length === 0 ? '127.0.0.1' : publicIp;
}

async function embedFreeswitch(config: Config, log: Log): Promise<FreeswitchNode> {
  const ffmpeg = findFfmpeg(config.ffmpeg, process.env.PATH ?? '');
  const freeswitch = await startEmbeddedFreeswitch({
    mediaHost: config.sip.host,
    publicHost: config.publicIp,
    rtpPorts: config.rtpPorts,
    ...(ffmpeg === undefined ? {} : { ffmpeg }),
    log,
  });
  started.push(() => freeswitch.stop());
  return freeswitch;
}

interface Running {
  readonly webAddress: string;
  readonly sipAddress: string;
  readonly ready: () => Readiness;
}

/** What calls were up when an earlier life of ours ended without a word. */
function openJournal(store: Store, gateway: string, log: Log): Promise<Journal> {
  return CallJournal.open<KeptDialog>({
    store,
    gateway,
    now: Date.now,
    onError: (error) =>
      log('warn', 'a call could not be kept in the store', { why: String(error) }),
  });
}

/** Bridge and gateway; what one of them learns of a lost FreeSWITCH, the other is told. */
async function startCalls(
  { freeswitch, drachtio, gateway: ourSip }: Engines,
  { admissions, directory, onKeypadAct }: MeetingsParts,
  given: {
    readonly config: Config;
    readonly identityKey: Uint8Array;
    readonly digests: Config['sip']['digests'];
    readonly journal: Journal;
    readonly tryCalls: boolean;
    readonly store: Store;
  },
  log: Log,
): Promise<{ readonly all: OpenRooms; readonly gateway: Gateway; readonly nodes: NodeControl }> {
  const now = Date.now;
  const { config, store, ...forGateway } = given;
  const nodes = new SeveralNodes({ nodes: freeswitch, store, now, log });
  const all = await openRooms(config, {
    nodes: freeswitch,
    store,
    admissions,
    identityKey: forGateway.identityKey,
    promptsDir: join(ROOT, 'prompts'),
    ...(config.promptsDir === undefined ? {} : { ownPromptsDir: config.promptsDir }),
    ...openCallFolders(config),
    gateway: ourSip,
    numbers: config.numbers,
    now,
    log,
    onKeypadAct,
    ...nodes.forBridge,
  });
  started.push(() => all.stop());
  const gateway = startGateway({
    drachtio,
    switches: freeswitch.map(({ sip }) => sip),
    ...forGateway,
    directory,
    realm: REALM,
    now,
    random,
    log,
    ...nodes.forGateway,
  });
  started.push(() => gateway.stop());
  nodes.start(all.rooms, gateway);
  started.push(() => nodes.stop());
  return { all, gateway, nodes: nodes.control };
}

function random(bytes: number): Uint8Array {
  return randomBytes(bytes);
}

/** What the settings say of meetings. */
function houseRules(config: Config) {
  const { dialIn, ice, language, numbers, dialOut, historyDays, auditDays } = config;
  return { dialIn, ice, language, numbers, dialOut, historyDays, auditDays };
}

/** Writes down what happens in meetings; what of it the API uses. */
async function record(
  config: Config,
  given: Omit<Parameters<typeof startRecords>[1], 'started'> & { all: OpenRooms },
) {
  const log = await recordEvents(config, given);
  started.push(() => log.stop());
  return { ...startRecords(config, { ...given, started }), events: log.events };
}

/** New calls get 503 from now on. Browsers lose their line first, so that they come back. */
function stopAnswering(api: Api, gateway: Gateway): Promise<void> {
  void gateway.shutdown();
  return api.stop();
}

/** What the settings say of the API. */
function forApi(config: Config, store: Store) {
  const { http, recording, oidc, webhookAllow, bigbluebutton, redisUrl, promptsDir } = config;
  return {
    host: http.host,
    port: http.port,
    webDir: join(ROOT, 'web-phone/dist'),
    recording,
    promptsDir,
    oidc,
    webhooks: { allow: webhookAllow },
    bigbluebutton: bigbluebutton && { ...bigbluebutton, store, isShared: redisUrl !== undefined },
  };
}

async function start(config: Config, key: string, log: Log): Promise<Running> {
  const certificate = config.http.tls && readCertificate(config.http.tls);
  const store = await openStore(config, log);
  const engines = await openEngines(config, log);
  const keys = await signingKeys(store, random);
  const identityKey = new Uint8Array(hkdfSync('sha256', keys.tokens, '', 'call identity', 32));
  const { publicUrl } = config.http;
  let webAddress = publicUrl ?? '';
  let bridge: RoomControl | undefined = undefined;
  const meetings = await openMeetings({
    store,
    now: Date.now,
    random,
    realm: REALM,
    adminKey: key,
    isLocked: (room) => bridge?.rooms().get(room)?.locked ?? false,
    publicUrl: () => webAddress,
    sipHost: engines.sipAddress,
    ...houseRules(config),
    log,
  });
  started.push(() => meetings.stop());
  const { all, gateway, nodes } = await startCalls(
    engines,
    meetings,
    {
      config,
      identityKey,
      digests: config.sip.digests,
      journal: await openJournal(store, engines.sipAddress, log),
      // The embedded switch has no access list.
      tryCalls: config.freeswitch.length > 0,
      store,
    },
    log,
  );
  const { rooms } = all;
  bridge = rooms;
  meetings.run(rooms);
  const ready = (): Readiness => readinessOf(rooms.engines(), gateway.status(), all.troubles());
  const api = await startApi({
    ...forApi(config, store),
    tls: certificate,
    publicUrl: publicUrl === undefined ? undefined : () => publicUrl,
    rooms,
    meetings,
    sipWs: engines.ws,
    ready,
    nodes,
    trunkLines: () => gateway.status().trunks,
    ...(await record(config, { meetings, all, store, keys, random, log })),
    onSipLineClosed: (line) => gateway.endCallsFrom(line),
    log,
    now: Date.now,
    random,
  });
  started.push(() => stopAnswering(api, gateway));
  renewOnHangup(config, api, log);
  webAddress = publicUrl ?? api.url;
  return { webAddress, sipAddress: engines.sipAddress, ready };
}

/**
 * SIGHUP is how a renewed certificate is told; calls and feeds go on. At a terminal it means that the
 * terminal is gone, and ends us as ever.
 */
function renewOnHangup({ http }: Config, api: Api, log: Log): void {
  const { tls } = http;
  if (tls === undefined || process.stdout.isTTY) return;
  process.on('SIGHUP', () => renewCertificate(tls, (renewed) => api.renew(renewed), log));
}

/** What to do next, for the person who started the program. */
function banner(
  config: Config,
  { webAddress, sipAddress, ready }: Running,
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

/** Resolves once calls can be taken, or when patience ends. */
async function whenReady({ ready }: Running): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!ready().ok && Date.now() < giveUpAt) await wait(20);
}

async function stop(log: Log): Promise<void> {
  const late = setTimeout(() => {
    log('error', 'did not stop in time; what was left was cut off');
    process.exit(1);
  }, STOP_WITHIN_MS);
  for (const undo of started.reverse()) await undo();
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
  await ownDataDir(config);
  const { key, made } = adminKey(config.adminKey, config.dataDir, random);
  const running = await start(config, key, log);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop(log).then(() => process.exit(0)));
  }
  await whenReady(running);
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
