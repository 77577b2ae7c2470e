import { lookup as resolveName } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** One request to somebody's server. */
export interface Outward {
  readonly url: string;
  /** Of a form; absent: the request is a GET. */
  readonly form?: string;
}

/** Sends it; the status. Rejects where there is none. Redirections are not followed. */
export type Send = (outward: Outward) => Promise<number>;

const PRIVATE = 'A callback may not go to a private network.';
const TIMEOUT_MS = 5_000;

/** All addresses of a name, in the form of `dns.lookup`. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Sends to public addresses only, unless told otherwise: what is behind our firewall is nobody's to
 * reach.
 */
export function sender(allowPrivate: boolean, resolve: Resolve = resolveName): Send {
  const lookup = allowPrivate ? undefined : publicOnly(resolve);
  return ({ url, form }) =>
    new Promise((settle, reject) => {
      const why = whyNoCallback(url, allowPrivate);
      if (why !== undefined) {
        reject(new Error(why));
        return;
      }
      const request = url.startsWith('https:') ? requestHttps : requestHttp;
      const sent = request(url, {
        method: form === undefined ? 'GET' : 'POST',
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(lookup && { lookup }),
        ...(form !== undefined && {
          headers: {
            'Content-Type': 'application/x-www-form-urlencoded',
            'Content-Length': Buffer.byteLength(form),
          },
        }),
      });
      sent.on('error', reject);
      sent.once('response', (response) => {
        response.on('error', () => undefined);
        // What they say beside the status is nothing to us, however long.
        response.destroy();
        settle(response.statusCode ?? 0);
      });
      sent.end(form);
    });
}

/** What is wrong with an address for callbacks, a sentence; nothing where it may be tried. */
export function whyNoCallback(text: string, allowPrivate: boolean): string | undefined {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return 'A callback must be an http or https address.';
  if (url.username !== '' || url.password !== '') return 'A callback may not hold a password.';
  if (url.hash !== '') return 'A callback may not hold a fragment.';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isClosed = isIP(host) !== 0 ? !isPublicAddress(host) : isLocalName(host);
  return isClosed && !allowPrivate ? PRIVATE : undefined;
}

/** Whether an address is one that anybody on the Internet may reach. */
export function isPublicAddress(address: string): boolean {
  return isIP(address) === 6 ? !CLOSED_V6.check(address, 'ipv6') : !CLOSED_V4.check(address);
}

function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}

/**
 * Looked at when the connection is made, and that very address is taken: a name that points
 * elsewhere a moment later gains nothing.
 */
function publicOnly(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      if (first === undefined) callback(error ?? new Error('The name has no address.'), '', 4);
      else if (!addresses.every(({ address }) => isPublicAddress(address)))
        callback(new Error(PRIVATE), '', 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/*
 * The special-purpose registries of RFC 6890, multicast, and IPv6 that holds an IPv4 address. Two
 * lists, for in one the last kind would catch all of IPv4.
 */
const CLOSED_V4 = closed('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]);
const CLOSED_V6 = closed('ipv6', [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 32],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]);

function closed(
  type: 'ipv4' | 'ipv6',
  networks: readonly (readonly [string, number])[],
): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, type);
  return list;
}
