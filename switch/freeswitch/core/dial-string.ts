import { separateBy } from './separate-string.ts';

/** What `originate` is to call. */
export interface DialString {
  readonly variables: ReadonlyMap<string, string>;
  readonly target: DialTarget;
}

export type DialTarget =
  | { readonly kind: 'sip'; readonly profile: string; readonly uri: string }
  /** A way out that this switch does not have, with FreeSWITCH's cause for that. */
  | { readonly kind: 'impossible'; readonly cause: string };

/** Reads `{name=value,…}[name=value]sofia/profile/sip:user@host` (switch_ivr_originate.c). */
export function parseDialString(text: string): DialString {
  const variables = new Map<string, string>();
  let rest = text.trim();
  for (const [open, close] of ['<>', '{}', '[]']) {
    if (!rest.startsWith(open!)) continue;
    const end = rest.indexOf(close!);
    if (end < 0) return { variables, target: { kind: 'impossible', cause: 'INVALID_URL' } };
    addVariables(variables, rest.slice(1, end));
    rest = rest.slice(end + 1).trim();
  }
  return { variables, target: toTarget(rest) };
}

function addVariables(variables: Map<string, string>, text: string): void {
  const own = /^\^\^(.)/.exec(text)?.[1];
  const list = own === undefined ? text : text.slice(3);
  for (const pair of separateBy(list, own ?? ',')) {
    const at = pair.indexOf('=');
    if (at > 0) variables.set(pair.slice(0, at).trim(), pair.slice(at + 1));
  }
}

function toTarget(text: string): DialTarget {
  const [endpoint = '', profile = '', ...path] = text.split('/');
  if (endpoint !== 'sofia') return { kind: 'impossible', cause: 'CHAN_NOT_IMPLEMENTED' };
  if (profile === 'gateway') return { kind: 'impossible', cause: 'INVALID_GATEWAY' };
  const destination = path.join('/');
  if (profile === '' || destination === '' || /[\s<>"\0]/.test(destination)) {
    return { kind: 'impossible', cause: 'INVALID_URL' };
  }
  const uri = /^sips?:/i.test(destination) ? destination : `sip:${destination}`;
  return { kind: 'sip', profile, uri };
}
