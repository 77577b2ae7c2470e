import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { cpus, hostname, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { openCallFolders } from './call-folders.ts';
import type { Config } from './config.ts';
import { watchLoop, type LoopDelay } from './loop-delay.ts';
import type { MeetingsParts } from './meetings/open.ts';
import { given } from './meetings/rules/given.ts';
import type { Store } from './meetings/store/store.ts';
import type { NodeControl } from './protocol/http/nodes.ts';
import type {
  ClusterProcess,
  DiskFacts,
  ProcessFacts,
  StoreFacts,
  SystemFacts,
  SystemNode,
  WebFacts,
} from './protocol/http/system.ts';
import type { OpenRooms } from './rooms.ts';
import type { Gateway } from './sip-gateway/gateway.ts';
import type { Started } from './started.ts';

interface Given {
  readonly config: Config;
  readonly store: Store;
  readonly meetings: Pick<MeetingsParts, 'accounts'>;
  readonly all: OpenRooms;
  readonly gateway: Gateway;
  readonly nodes: NodeControl;
  /** `host:port` that phones register at. */
  readonly sipAddress: string;
  readonly webUrl: () => string;
  readonly started: Started;
}

const PATIENCE_MS = 2_000;

/** How everything here is, asked anew each time; what cannot be learnt within two seconds is left out. */
export function watchSystem(given: Given): () => Promise<SystemFacts> {
  const startedAtMs = Date.now();
  const loop = watchLoop();
  given.started.push(() => {
    loop.stop();
    return Promise.resolve();
  });
  const version = versionOf(join(import.meta.dirname, 'package.json'));
  return async () => {
    const { gateway, all, meetings } = given;
    const store = await storeFacts(given);
    const isThere = store.answersInMs !== undefined;
    const counts = isThere ? await meetings.accounts.counts() : { accounts: 0, registered: 0 };
    const rooms = [...all.rooms.rooms().values()];
    const processes = isThere ? await processesOf(given) : undefined;
    return {
      at: iso(Date.now()),
      process: { version, startedAt: iso(startedAtMs), ...processFacts(loop.read()) },
      ...(processes && { processes }),
      now: {
        calls: gateway.status().calls,
        people: rooms.reduce((sum, { people }) => sum + people.size, 0),
        rooms: rooms.length,
        phones: counts.registered,
        accounts: counts.accounts,
      },
      nodes: await nodesOf(given),
      sip: sipFacts(given),
      trunks: gateway.status().trunks,
      store,
      disks: await disksOf(given.config),
      web: webFacts(given),
    };
  };
}

function versionOf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

function processFacts(loopDelay: LoopDelay): Omit<ProcessFacts, 'version' | 'startedAt'> {
  return {
    node: process.versions.node,
    host: hostname(),
    pid: process.pid,
    memoryBytes: process.memoryUsage.rss(),
    memoryTotalBytes: totalmem(),
    processors: cpus().length,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    loopDelay,
  };
}

async function nodesOf({ nodes, all, gateway, config }: Given): Promise<readonly SystemNode[]> {
  const loads = all.rooms.loads();
  const engines = all.rooms.engines();
  const embedded = config.freeswitch.length === 0;
  const { switches } = gateway.status();
  return (await nodes.list()).map((node, at) => ({
    ...node,
    embedded,
    ...vitalsOf(loads.find((each) => each.node === node.id)),
    warnings: engines.find((each) => each.node === node.id)?.warnings ?? [],
    // The gateway's switches are the same nodes in the same order.
    ...(switches[at]?.refusesCalls === true && { refusesCalls: true as const }),
  }));
}

/** What a node said of itself, as far as it did. */
function vitalsOf(load: Loads[number] | undefined) {
  const { sessions, maxSessions, upSinceMs, seenAtMs } = load ?? {};
  return {
    ...given('sessions', sessions),
    ...given('maxSessions', maxSessions),
    ...(upSinceMs !== undefined && { upSince: iso(upSinceMs) }),
    ...(seenAtMs !== undefined && { seenAt: iso(seenAtMs) }),
  };
}

type Loads = ReturnType<OpenRooms['rooms']['loads']>;

function sipFacts({ gateway, config, sipAddress }: Given): SystemFacts['sip'] {
  const { drachtio, drachtioTrouble } = gateway.status();
  return {
    embedded: config.drachtio === undefined,
    joined: drachtio === 'joined',
    ...(drachtioTrouble !== undefined && { trouble: drachtioTrouble }),
    address: sipAddress,
    transports: ['udp', 'tcp', 'ws'],
  };
}

async function storeFacts({ store, config }: Given): Promise<StoreFacts> {
  const kind = config.redisUrl === undefined ? 'lmdb' : 'redis';
  const bytes =
    kind === 'lmdb' ? await bytesIn(config.dataDir, (name) => /^store/.test(name)) : undefined;
  const size = bytes === undefined ? {} : { bytes };
  const beganAt = performance.now();
  const clockMs = await within(store.clock());
  if (clockMs === undefined) return { kind, ...size };
  const answersInMs = Math.ceil(performance.now() - beganAt);
  // Asked and answered: half of the way back has passed since it looked at its clock.
  const clockOffMs = Math.round(Date.now() - answersInMs / 2 - clockMs);
  return { kind, answersInMs, ...size, ...(kind === 'redis' && { clockOffMs }) };
}

/** Who lives and who drives what, by the leases that they renew (cluster/members.ts, cluster/drivers.ts). */
async function processesOf({ all, store }: Given): Promise<readonly ClusterProcess[] | undefined> {
  const { process: self } = all;
  if (self === undefined) return undefined;
  const nowMs = await store.clock();
  const leases = (await store.list<Lease>('lease:')).map(([, lease]) => lease);
  const held = leases.filter((lease) => lease.holder !== '' && lease.expiresAtMs > nowMs);
  return held
    .filter(({ name }) => name.startsWith('process:'))
    .map(({ holder: id }) => ({
      id,
      isThis: id === self,
      drives: held
        .filter(({ name, holder }) => holder === id && name.startsWith('node:'))
        .map(({ name }) => name.slice('node:'.length)),
    }));
}

interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly expiresAtMs: number;
}

async function disksOf(config: Config): Promise<readonly DiskFacts[]> {
  const { recordingsDir } = openCallFolders(config);
  const data = await diskOf('data', config.dataDir);
  const recordings = recordingsDir === undefined ? [] : [await diskOf('recordings', recordingsDir)];
  return [data, ...recordings].filter((disk) => disk !== undefined);
}

/** Undefined where the folder is not there (any more). */
async function diskOf(what: DiskFacts['what'], folder: string): Promise<DiskFacts | undefined> {
  const found = await within(statfs(folder));
  if (found === undefined) return undefined;
  const { bavail, blocks, bsize } = found;
  const usedBytes = await bytesIn(folder, () => true);
  return {
    what,
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    ...(usedBytes !== undefined && { usedBytes }),
  };
}

/** All files below a folder whose first step is wanted. Undefined where it takes too long. */
async function bytesIn(
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<number | undefined> {
  return within(
    readdir(folder, { recursive: true, withFileTypes: true }).then(async (entries) => {
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => isWanted(path.slice(folder.length + 1)));
      // One may be deleted between the list and the look.
      const sizes = await Promise.allSettled(files.map((path) => stat(path)));
      return sizes.reduce(
        (sum, each) => sum + (each.status === 'fulfilled' ? each.value.size : 0),
        0,
      );
    }),
  );
}

function webFacts({ config, webUrl }: Given): WebFacts {
  const url = webUrl();
  const { tls } = config.http;
  if (tls === undefined) return { url };
  const found = new X509Certificate(readFileSync(tls.cert));
  const { hostname: host } = new URL(url);
  return {
    url,
    certificate: {
      validFrom: iso(Date.parse(found.validFrom)),
      validTo: iso(Date.parse(found.validTo)),
      fits: (found.checkHost(host) ?? found.checkIP(host.replace(/^\[|\]$/g, ''))) !== undefined,
    },
  };
}

/** Undefined where it fails or takes too long: that is what the caller shows. */
async function within<T>(asked: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  return Promise.race([asked.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
