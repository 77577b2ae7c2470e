import type { TrunkView } from '../../protocol/http/views.ts';
import type { trunks } from '../words/en/trunks.ts';

/** What the dialog for a trunk holds, as typed. */
export interface TrunkForm {
  readonly name: string;
  readonly server: string;
  readonly transport: TrunkView['transport'];
  readonly username: string;
  /** Never shown; empty leaves the one that is kept. */
  readonly password: string;
  readonly register: boolean;
  /** Networks, apart by commas, blanks or lines. */
  readonly addresses: string;
  /** A number a line: `+4930901234 Berlin, de`. */
  readonly numbers: string;
  readonly outbound: boolean;
  readonly callerId: string;
  readonly trustsCallerId: boolean;
}

export const EMPTY_TRUNK: TrunkForm = {
  name: '',
  server: '',
  transport: 'udp',
  username: '',
  password: '',
  register: false,
  addresses: '',
  numbers: '',
  outbound: false,
  callerId: '',
  trustsCallerId: true,
};

export type TrunkResult =
  | { readonly ok: true; readonly body: object }
  | { readonly ok: false; readonly field: keyof TrunkForm; readonly detail: string };

export function trunkFormOf(trunk: TrunkView): TrunkForm {
  const { name, server, transport, username = '', callerId = '' } = trunk;
  const { register, outbound, trustsCallerId } = trunk;
  return {
    name,
    server,
    transport,
    username,
    password: '',
    register,
    addresses: trunk.addresses.join(', '),
    numbers: trunk.numbers.map(numberLine).join('\n'),
    outbound,
    callerId,
    trustsCallerId,
  };
}

/** The request's body, or the first thing to mend. `isNew`: its name is chosen, and nothing emptied. */
export function readTrunk(form: TrunkForm, isNew: boolean, say: typeof trunks): TrunkResult {
  const name = form.name.trim();
  if (isNew && !/^[a-z][a-z0-9-]{0,31}$/.test(name)) return wrong('name', say.wrongName);
  const server = serverIn(form.server);
  if (server === undefined) return wrong('server', say.wrongServer);
  const numbers = form.numbers.split('\n').filter((line) => line.trim() !== '');
  const read = numbers.map(numberIn);
  const unread = numbers[read.indexOf(undefined)];
  if (unread !== undefined) return wrong('numbers', say.wrongNumber(unread.trim()));
  const { transport, register, outbound, trustsCallerId } = form;
  return {
    ok: true,
    body: {
      ...(isNew && { name }),
      ...{ server, transport, register, outbound, trustsCallerId },
      addresses: form.addresses.split(/[\s,]+/).flatMap((each) => networkIn(each)),
      numbers: read,
      ...optional('username', form.username.trim(), isNew),
      ...optional('callerId', compact(form.callerId), isNew),
      ...(form.password !== '' && { password: form.password }),
    },
  };
}

/** What was emptied is taken away; in something new there is nothing to take. */
function optional(name: string, value: string, isNew: boolean): object {
  if (value !== '') return { [name]: value };
  return isNew ? {} : { [name]: null };
}

const PLAIN_PORT = '5060';

function serverIn(text: string): string | undefined {
  const typed = text.trim();
  if (typed === '' || /\s/.test(typed)) return undefined;
  return /:\d{1,5}$/.test(typed) ? typed : `${typed}:${PLAIN_PORT}`;
}

/** A single address is a network of one. */
function networkIn(text: string): readonly string[] {
  if (text === '') return [];
  if (text.includes('/')) return [text];
  return [`${text}/${text.includes(':') ? 128 : 32}`];
}

function numberIn(line: string): TrunkView['numbers'][number] | undefined {
  const match = /^\s*(\+[\d ()/-]{7,24}\d)\s*(.*?)\s*(?:,\s*(en|de))?\s*$/.exec(line);
  if (!match) return undefined;
  const [, number = '', label = '', language = 'en'] = match;
  const whole = compact(number);
  return { number: whole, label: label || whole, language: language === 'de' ? 'de' : 'en' };
}

function numberLine({ number, label, language }: TrunkView['numbers'][number]): string {
  return `${number} ${label}, ${language}`;
}

/** Without what people put between digits. */
function compact(number: string): string {
  return number.replace(/[\s()/-]/g, '');
}

function wrong(field: keyof TrunkForm, detail: string): TrunkResult {
  return { ok: false, field, detail };
}
