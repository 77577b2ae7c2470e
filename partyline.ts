/** Composition root: starts every part and joins them. Read it first. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Readiness } from './api/parts.ts';
import { startApi } from './api/server.ts';
import type { Api } from './api/server.ts';
import type { Running } from './banner.ts';
import { openCallFolders } from './call-folders.ts';
import { readCertificate, renewCertificate } from './certificate.ts';
import type { Config } from './config.ts';
import { openEngines, type Engines } from './engines.ts';
import { recordEvents } from './event-records.ts';
import { CallJournal } from './meetings/call-journal.ts';
import { signingKeys } from './meetings/keys.ts';
import { openMeetings, type MeetingsParts } from './meetings/open.ts';
import { openLmdb } from './meetings/store/lmdb.ts';
import type { Store } from './meetings/store/store.ts';
import type { NodeControl } from './protocol/http/nodes.ts';
import type { Log } from './protocol/log.ts';
import type { RoomControl } from './protocol/room/control.ts';
import { readinessOf } from './readiness.ts';
import { startRecords } from './records.ts';
import { openRooms, type OpenRooms } from './rooms.ts';
import { startGateway, type Gateway } from './sip-gateway/gateway.ts';
import type { Journal, KeptDialog } from './sip-gateway/journal.ts';
import { SeveralNodes } from './several-nodes.ts';
import type { Started } from './started.ts';
import { watchSystem } from './system-facts.ts';

const ROOT = import.meta.dirname;
/** Digest passwords are bound to it, so it never changes. */
const REALM = 'partyline';

/** What the parts are made of. */
interface Given {
  readonly config: Config;
  readonly adminKey: string;
  /** Each part is entered once it runs. */
  readonly started: Started;
  readonly log: Log;
}

/** Starts every part and joins them; throws where one cannot start, with what was started until then in `started`. */
export async function startPartyline(given: Given): Promise<Running> {
  const { config, adminKey, started, log } = given;
  const certificate = config.http.tls && readCertificate(config.http.tls);
  const store = await openStore(given);
  const engines = await openEngines(config, started, log);
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
    adminKey,
    isLocked: (room) => bridge?.rooms().get(room)?.locked ?? false,
    publicUrl: () => webAddress,
    sipHost: engines.sipAddress,
    ...houseRules(config),
    log,
  });
  started.push(() => meetings.stop());
  const { all, gateway, nodes } = await startCalls(given, engines, meetings, {
    identityKey,
    journal: await openJournal(store, engines.sipAddress, log),
    store,
  });
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
    system: watchSystem({
      ...{ config, store, meetings, all, gateway, nodes, started },
      sipAddress: engines.sipAddress,
      webUrl: () => webAddress,
    }),
    testTrunk: (name) => gateway.testTrunk(name),
    trunkLines: () => gateway.status().trunks,
    ...(await record(config, { started, meetings, all, store, keys, random, log })),
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

/** Bridge and gateway; what one of them learns of a lost FreeSWITCH, the other is told. */
async function startCalls(
  { config, started, log }: Given,
  { freeswitch, drachtio, gateway: ourSip }: Engines,
  { admissions, directory, onKeypadAct }: MeetingsParts,
  kept: { readonly identityKey: Uint8Array; readonly journal: Journal; readonly store: Store },
): Promise<{ readonly all: OpenRooms; readonly gateway: Gateway; readonly nodes: NodeControl }> {
  const now = Date.now;
  const { identityKey, journal, store } = kept;
  const nodes = new SeveralNodes({ nodes: freeswitch, store, now, log });
  const all = await openRooms(config, {
    nodes: freeswitch,
    store,
    admissions,
    identityKey,
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
    identityKey,
    digests: config.sip.digests,
    journal,
    // The embedded switch has no access list.
    tryCalls: config.freeswitch.length > 0,
    directory,
    realm: REALM,
    now,
    random,
    log,
    transfer: all.transfer,
    ...nodes.forGateway,
  });
  started.push(() => gateway.stop());
  nodes.start(all.rooms, gateway);
  started.push(() => nodes.stop());
  return { all, gateway, nodes: nodes.control };
}

async function openStore({ config, started, log }: Given): Promise<Store> {
  const now = Date.now;
  const onError = (error: Error) => log('warn', 'Redis is not reachable', { error: error.message });
  const store =
    config.redisUrl === undefined
      ? openLmdb(join(config.dataDir, 'store'), now)
      : await (await withRedis()).openRedis({ url: config.redisUrl, now, onError });
  started.push(() => store.close());
  return store;
}

/** Redis' client is the slowest of all to load, and most have none. */
function withRedis() {
  return import('./meetings/store/redis.ts');
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
  given: Parameters<typeof startRecords>[1] & { all: OpenRooms },
) {
  const log = await recordEvents(config, given);
  given.started.push(() => log.stop());
  return { ...startRecords(config, given), events: log.events };
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

/**
 * SIGHUP is how a renewed certificate is told; calls and feeds go on. At a terminal it means that the
 * terminal is gone, and ends us as ever.
 */
function renewOnHangup({ http }: Config, api: Api, log: Log): void {
  const { tls } = http;
  if (tls === undefined || process.stdout.isTTY) return;
  process.on('SIGHUP', () => renewCertificate(tls, (renewed) => api.renew(renewed), log));
}
