import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Report } from '../../check/finding.ts';
import { fault, ok, unknown, warning } from '../../check/finding.ts';
import { reportsOn } from '../../check/servers.ts';
import type { Config } from '../../config.ts';
import { ConfigError, readConfig } from '../../config.ts';
import type { Context } from '../command.ts';
import { certificateFinding } from './certificate.ts';
import { clockFinding, offOf } from './clock.ts';
import { diskFinding, keyFileFinding } from './disk.ts';
import { doorFinding } from './ports.ts';
import type { Door } from './ports.ts';
import { promptFindings, wantedIn } from './prompts.ts';
import type { Prompts } from './prompts.ts';

const PROMPTS = join(import.meta.dirname, '../../prompts');
const PATIENCE_MS = 3_000;

type Asked = Pick<Context, 'env' | 'server' | 'nowMs'>;

/** Looks at all that a server on this machine needs, whether it runs or not. Changes nothing. */
export async function doctor({ env, server, nowMs }: Asked): Promise<readonly Report[]> {
  const settings = readSettings(env);
  if (!('config' in settings)) return [{ server: 'Settings', findings: settings.findings }];
  const { config } = settings;
  const answer = await lookAt(server);
  const findings = [
    ok('Settings', 'all can be read'),
    nodeFinding(process.versions.node),
    answer.finding,
    clockFinding(answer.offMs),
    ...(await Promise.all(doorsOf(config).map((door) => doorFinding(door, answer.isUp)))),
    ...certificateFindings(config, nowMs),
    ...folderFindings(config),
    ...speech(),
  ];
  const engines = [
    ...(config.freeswitch.length > 0 ? await reportsOn('freeswitch', env) : []),
    ...(config.drachtio ? await reportsOn('drachtio', env) : []),
  ];
  return [{ server: 'This machine', findings }, ...engines];
}

function readSettings(env: Context['env']) {
  try {
    return { config: readConfig(env) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const remedy = 'Mend it in the environment or .env; "npm start -- --help" lists all.';
    return { findings: error.faults.map((each) => fault('Settings', each, remedy)) };
  }
}

function nodeFinding(version: string): Finding {
  const isGood = Number(version.split('.')[0]) >= 20;
  return isGood ? ok('Node', version) : fault('Node', version, 'Install Node 20 or later.');
}

interface Looked {
  readonly isUp: boolean;
  readonly finding: Finding;
  readonly offMs?: number | undefined;
}

async function lookAt(server: string): Promise<Looked> {
  const beforeMs = Date.now();
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`${server}/readyz`, { signal }).catch(() => undefined);
  const remedy = 'npm start, where it should run.';
  if (answer === undefined)
    return { isUp: false, finding: warning('Server', `none answers at ${server}`, remedy) };
  const offMs = offOf(answer.headers.get('date'), beforeMs, Date.now());
  if (answer.ok) return { isUp: true, offMs, finding: ok('Server', `${server} takes calls`) };
  const why = 'Look at "partyline status", then at what is said of the engines below.';
  return { isUp: true, offMs, finding: fault('Server', `${server} takes no calls`, why) };
}

/** A drachtio that is named has the SIP ports, wherever it runs. */
function doorsOf({ http, sip, drachtio }: Config): readonly Door[] {
  const web = { transport: 'tcp', host: http.host, port: http.port, setting: 'HTTP_PORT' } as const;
  const phones = { host: sip.host, port: sip.port, setting: 'SIP_PORT' } as const;
  const own = drachtio
    ? []
    : [{ transport: 'udp', ...phones } as const, { transport: 'tcp', ...phones } as const];
  return [web, ...own].filter(({ port }) => port !== 0);
}

function certificateFindings({ http }: Config, nowMs: number): readonly Finding[] {
  if (http.tls === undefined) {
    const isSafe = http.publicUrl?.startsWith('https:') ?? http.host === '127.0.0.1';
    const remedy = 'Set TLS_CERT and TLS_KEY, or PUBLIC_URL to the https address of a proxy.';
    if (isSafe) return [ok('Certificate', 'none is needed here')];
    return [fault('Certificate', 'none: browsers give no microphone to pages without', remedy)];
  }
  try {
    const found = new X509Certificate(readFileSync(http.tls.cert));
    const host = new URL(http.publicUrl ?? `https://${http.host}`).hostname;
    const fitsHost = (found.checkHost(host) ?? found.checkIP(host)) !== undefined;
    const [validFromMs, validToMs] = [Date.parse(found.validFrom), Date.parse(found.validTo)];
    return [certificateFinding({ validFromMs, validToMs, fitsHost, host }, nowMs)];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [fault('Certificate', `cannot be read: ${why}`, 'Set TLS_CERT to a PEM file.')];
  }
}

function folderFindings({ dataDir, callFilesDir, adminKey }: Config): readonly Finding[] {
  const folders = [dataDir, ...(callFilesDir === undefined ? [] : [callFilesDir])];
  const keyFile = join(dataDir, 'admin-key');
  const mode = statSync(keyFile, { throwIfNoEntry: false })?.mode;
  return [
    ...folders.map(roomIn),
    ...(adminKey === undefined && mode !== undefined ? [keyFileFinding(keyFile, mode)] : []),
  ];
}

function roomIn(folder: string): Finding {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined)
    return unknown('Disk', `${folder}: made at the first start`);
  const { bavail, bsize } = statfsSync(folder);
  return diskFinding(folder, bavail * bsize);
}

/** The clips that are there, of each language that is wanted. */
function clipsIn(folder: string, languages: readonly string[]): Prompts {
  return Object.fromEntries(languages.map((each) => [each, soundsIn(join(folder, each))]));
}

function soundsIn(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.wav'));
  return files.map((name) => name.slice(0, -'.wav'.length));
}

function speech(): readonly Finding[] {
  const wanted = wantedIn(readFileSync(join(PROMPTS, 'catalogue.tsv'), 'utf8'));
  return promptFindings(wanted, clipsIn(PROMPTS, Object.keys(wanted)));
}
