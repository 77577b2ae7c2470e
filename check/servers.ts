import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { ConfigError, readConfig } from '../config.ts';
import { isLoopback } from './doors.ts';
import { askDrachtio, present } from './drachtio-ask.ts';
import { drachtioFindings } from './drachtio-findings.ts';
import type { Finding, Report } from './finding.ts';
import { fault } from './finding.ts';
import { askFreeswitch } from './freeswitch-ask.ts';
import { freeswitchFindings } from './freeswitch-findings.ts';

/** A prompt that every caller without a code hears. */
const PROMPT = join(import.meta.dirname, '../prompts/en/welcome-enter-code.wav');

export type Server = 'freeswitch' | 'drachtio';

/** Looks at the servers of one kind that `env` names; wrong settings are findings as well. */
export async function reportsOn(
  server: Server,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Report[]> {
  try {
    const config = readConfig(env);
    return await (server === 'freeswitch' ? onFreeswitch(config) : onDrachtio(config));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ server: 'Settings', findings: error.faults.map(settingFinding) }];
  }
}

async function onFreeswitch(config: Config): Promise<readonly Report[]> {
  const { freeswitch, publicIp } = config;
  if (freeswitch.length === 0) return [notNamed('FREESWITCH')];
  const gateways = await gatewaysOf(config);
  return Promise.all(
    freeswitch.map(async (node) => {
      const facts = await askFreeswitch(node, { gateways, publicIp, prompt: PROMPT });
      const server = `FreeSWITCH at ${node.host}:${node.port}`;
      return { server, findings: freeswitchFindings(facts) };
    }),
  );
}

/** The addresses that the SIP server calls from; none where it does not tell. */
async function gatewaysOf({ drachtio, sip }: Config): Promise<readonly string[]> {
  if (drachtio === undefined) return [sip.host].filter(isAddress);
  const login = await present(drachtio);
  if (login.kind !== 'in')
    return isLoopback(drachtio.host) ? [] : [drachtio.host].filter(isAddress);
  const phones = login.contacts.filter(({ transport }) => transport === 'udp');
  const hosts = phones.map(({ host }) => host.replace(/^\[|\]$/g, ''));
  return [...new Set(hosts)].filter(isAddress);
}

/** Whether it names one address, not all of them. */
function isAddress(host: string): boolean {
  return isIP(host) !== 0 && host !== '0.0.0.0' && host !== '::';
}

async function onDrachtio({ drachtio }: Config): Promise<readonly Report[]> {
  if (drachtio === undefined) return [notNamed('DRACHTIO')];
  const findings = drachtioFindings(await askDrachtio(drachtio));
  return [{ server: `drachtio-server at ${drachtio.host}:${drachtio.port}`, findings }];
}

function notNamed(setting: string): Report {
  const found = 'not set: Partyline runs on the one that is built in';
  const remedy = 'Set it as npm start -- --help says, in the environment or in .env.';
  return { server: 'Settings', findings: [fault(setting, found, remedy)] };
}

/** A fault's text begins with the name of its setting. */
function settingFinding(text: string): Finding {
  const setting = /^[A-Z_]+/.exec(text)?.[0] ?? 'setting';
  const found = text.slice(setting === 'setting' ? 0 : setting.length).replace(/^[:\s]+/, '');
  return fault(setting, found, 'Correct it in the environment or in .env.');
}
