import type { CallIdentity, Destination } from '../protocol/call/identity.ts';
import type { Language } from '../protocol/call/language.ts';
import { masked } from '../protocol/call/masked.ts';
import { parseAddress } from '../protocol/sip/address.ts';
import type { SipRequest } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import { fromUser } from './authenticate.ts';
import type { Caller } from './route.ts';

const WITHHELD_NAME = 'Anonymous caller';
const NAMELESS = 'Phone caller';
const MAX_DEVICE = 60;

/** What is vouched for besides the caller. */
export interface Vouched {
  readonly destination: Destination;
  /** Against what wrong codes count. */
  readonly source: string;
  readonly language?: Language;
}

/** What we vouch for. Of the caller's own words only display name, number and User-Agent go on, as such. */
export function identify(caller: Caller, request: SipRequest, vouched: Vouched): CallIdentity {
  switch (caller.kind) {
    case 'browser': {
      const { name, personId, stay } = caller.credential;
      const person = {
        ...(personId === undefined ? {} : { personId }),
        ...(stay === undefined ? {} : { stay }),
      };
      return { ...vouched, via: 'browser', name, number: '', ...person, ...deviceOf(request) };
    }
    case 'account': {
      const { name, username, personId } = caller.account;
      const person = { ...(personId !== undefined && { personId }), ...deviceOf(request) };
      return { ...vouched, via: 'phone', name, number: username, account: username, ...person };
    }
    case 'trunk': {
      const { from, trunk } = caller;
      const named = from.withheld
        ? ({ name: WITHHELD_NAME, unnamed: true } as const)
        : nameOf(from.displayName, from.number);
      return { ...vouched, via: 'phone', ...named, number: from.number, trunk: trunk.name };
    }
    case 'anonymous': {
      const { displayName } = parseAddress(header(request, 'From') ?? '');
      const number = fromUser(request);
      const named = nameOf(displayName, number);
      return { ...vouched, via: 'phone', ...named, number, ...deviceOf(request) };
    }
  }
}

/** What the phone or browser calls itself. A provider's own name says nothing of who calls by it. */
function deviceOf(request: SipRequest): { readonly device?: string } {
  const printable = (header(request, 'User-Agent') ?? '').replace(/[^\x20-\x7e]/g, '').trim();
  const device = printable.slice(0, MAX_DEVICE).trim();
  return device === '' ? {} : { device };
}

/** The display name where it says more than a number does; else a stand-in, without the whole number. */
export function nameOf(
  displayName: string,
  number: string,
): { readonly name: string; readonly unnamed?: true } {
  const name = displayName.trim();
  if (name !== '' && !isNumber(name)) return { name };
  return { name: standIn(number), unnamed: true };
}

function standIn(number: string): string {
  if (number === '') return NAMELESS;
  if (!isNumber(number)) return number;
  return `Caller ${masked(number).replace(/^\+\d+(?=…)/, '')}`;
}

function isNumber(text: string): boolean {
  return /^\+?[\d\s\-./()]+$/.test(text);
}
