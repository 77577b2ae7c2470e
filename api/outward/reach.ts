import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isIn, isPublicAddress } from './addresses.ts';
import type { Network } from './addresses.ts';

/** Which addresses a request of ours may go to. */
export interface Reach {
  readonly https: (address: string) => boolean;
  /** Readable by everybody on the way. */
  readonly http: (address: string) => boolean;
}

/** All addresses of a name, in the form of `dns.lookup`. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

export const EVERYWHERE: Reach = { https: () => true, http: () => true };
export const INTERNET: Reach = { https: isPublicAddress, http: isPublicAddress };

/** The Internet by HTTPS; these networks as well, and by plain HTTP too. */
export function internetAnd(networks: readonly Network[]): Reach {
  const isAllowed = (address: string) => isIn(address, networks);
  return { https: (address) => isPublicAddress(address) || isAllowed(address), http: isAllowed };
}

/** Why a request may not go there. */
export type Fault = 'no-web-address' | 'password' | 'fragment' | 'private' | 'plain';

/** The address did not pass when the connection was to be made. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

/** What is wrong with a URL before its name is looked up; nothing where it may be tried. */
export function faultIn(text: string, reach: Reach): Fault | undefined {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return 'no-web-address';
  if (url.username !== '' || url.password !== '') return 'password';
  if (url.hash !== '') return 'fragment';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) !== 0 ? [host] : isLocalName(host) ? ['127.0.0.1', '::1'] : [];
  if (addresses.every(allowing(url, reach))) return undefined;
  return addresses.every(reach.https) ? 'plain' : 'private';
}

/**
 * Looked at when the connection is made, and that very address is taken: a name that points
 * elsewhere a moment later gains nothing.
 */
export function lookupWithin(url: URL, reach: Reach, resolve: Resolve): LookupFunction {
  const isAllowed = allowing(url, reach);
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      if (first === undefined) callback(error ?? new Error('The name has no address.'), '', 4);
      else if (!addresses.every(({ address }) => isAllowed(address)))
        callback(new OutOfReach('The name leads to an address that is not allowed.'), '', 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function allowing({ protocol }: URL, reach: Reach): (address: string) => boolean {
  return protocol === 'https:' ? reach.https : reach.http;
}

function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}
