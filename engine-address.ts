import type { DrachtioServer, FreeswitchNode } from './config.ts';
import { SECRET_ADVICE, weakness } from './protocol/secret.ts';

/** What a setting holds, or what is wrong with it: the end of a sentence that begins with its name. */
export type Read<T> = { readonly kind: 'ok'; readonly value: T } | Fault;
interface Fault {
  readonly kind: 'fault';
  readonly why: string;
}

export interface NamedDrachtio {
  readonly server: DrachtioServer;
  /** `ws://host:port` for browsers' SIP. */
  readonly ws: string;
}

const FREESWITCH_FORM = ' must be esl://:password@host:8021?sip=host:5080; it is "(hidden)".';
const DRACHTIO_FORM = ' must be drachtio://:secret@host:9022; it is "(hidden)".';

/** `esl://:password@host:8021?sip=host:5080` */
export function parseFreeswitch(text: string): Read<FreeswitchNode> {
  const url = parseUrl(text, 'esl:');
  const sip = parseHostPort(url?.searchParams.get('sip') ?? '');
  if (url === undefined || sip === undefined) return { kind: 'fault', why: FREESWITCH_FORM };
  const secret = readSecret(url);
  if (secret.kind === 'fault') return secret;
  const { hostname: host } = url;
  const node = { host, port: Number(url.port || 8021), password: secret.value, sip };
  return { kind: 'ok', value: node };
}

/** `drachtio://:secret@host:9022`, with `?ws=host:port` where browsers' SIP is not at host:5066. */
export function parseDrachtio(text: string): Read<NamedDrachtio> {
  const url = parseUrl(text, 'drachtio:');
  const ws = parseHostPort(url?.searchParams.get('ws') ?? `${url?.hostname}:5066`);
  if (url === undefined || ws === undefined) return { kind: 'fault', why: DRACHTIO_FORM };
  const secret = readSecret(url);
  if (secret.kind === 'fault') return secret;
  const server = { host: url.hostname, port: Number(url.port || 9022), secret: secret.value };
  return { kind: 'ok', value: { server, ws: `ws://${ws.host}:${ws.port}` } };
}

/** 0 to 65535. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** FreeSWITCH's and drachtio-server's own defaults open the machine to whoever knows them (CVE-2019-19492). */
function readSecret({ password }: URL): Read<string> {
  const secret = decoded(password);
  const fault = secret === undefined ? 'is not well-formed' : weakness(secret);
  if (secret !== undefined && fault === undefined) return { kind: 'ok', value: secret };
  return { kind: 'fault', why: `: the secret ${fault}. ${SECRET_ADVICE}` };
}

/** Undefined where an escape is broken. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function parseUrl(text: string, protocol: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === protocol && url.hostname !== '' ? url : undefined;
}

function parseHostPort(text: string): { host: string; port: number } | undefined {
  const match = /^(\[[0-9a-f:]+\]|[a-zA-Z0-9.-]+):(\d+)$/.exec(text);
  const port = parsePort(match?.[2] ?? '');
  return match?.[1] === undefined || port === undefined ? undefined : { host: match[1], port };
}

/** As a URL or a SIP address has it. */
export function hostPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
