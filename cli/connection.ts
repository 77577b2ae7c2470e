import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { PartylineClient } from '../api/client/client.ts';
import { SettingsReader } from '../settings.ts';
import { UsageError } from './command.ts';
import type { Env } from './command.ts';

/** `https://host:port` of the server: named, or the one that these settings start. */
export function serverOf(named: string | undefined, env: Env): string {
  const url = named ?? env.PARTYLINE_URL ?? ownServer(env);
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).origin;
  throw new UsageError('--server must be an address such as https://meet.example.org.');
}

/** The key: from a file that is named, from PARTYLINE_KEY or ADMIN_KEY, or from DATA_DIR. */
export function keyOf(file: string | undefined, env: Env): string {
  if (file !== undefined) return keyIn(file) ?? noKey(`${file} cannot be read.`);
  const given = env.PARTYLINE_KEY ?? env.ADMIN_KEY;
  if (given !== undefined && given !== '') return given;
  const place = join(new SettingsReader(env).text('DATA_DIR'), 'admin-key');
  return keyIn(place) ?? noKey(`there is none in ${place}.`);
}

export function clientFor(url: string, key: string): PartylineClient {
  return new PartylineClient({
    url,
    key,
    openSocket: (address, protocols) => new WebSocket(address, [...protocols]),
  });
}

function ownServer(env: Env): string {
  const settings = new SettingsReader(env);
  const publicUrl = settings.text('PUBLIC_URL');
  if (publicUrl !== '') return publicUrl;
  const host = settings.text('HTTP_HOST');
  const scheme = settings.text('TLS_CERT') === '' ? 'http' : 'https';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${settings.text('HTTP_PORT')}`;
}

function keyIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // Said by the caller, with what else there is to do.
    return undefined;
  }
}

function noKey(why: string): never {
  throw new UsageError(`No key: ${why} Set PARTYLINE_KEY, or name a file by --key-file.`);
}
