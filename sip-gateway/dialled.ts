import { ECHO_TEST } from '../protocol/call/echo-test.ts';
import { SipProtocolError } from '../protocol/sip/errors.ts';
import { parseUri } from '../protocol/sip/uri.ts';
import type { Dialled, Directory } from './directory.ts';

/** What a caller dialled: a number or code, and a code beside it that answers the reception's question. */
export interface Wanted {
  readonly user: string;
  readonly pin?: string;
}

const NOTHING: Wanted = { user: '' };
const PIN = /^\d{4,16}$/;

/** `user`, `user;pin=code@host` or `user@host;pin=code`. */
export function wantedBy(uri: string): Wanted {
  const parsed = readUri(uri);
  if (parsed?.user === undefined) return NOTHING;
  const [user = '', ...parameters] = parsed.user.split(';');
  const beside = parameters.find((each) => each.toLowerCase().startsWith('pin='))?.slice(4);
  const pin = beside ?? parsed.parameters.get('pin');
  return pin === undefined || !PIN.test(pin) ? { user } : { user, pin };
}

/**
 * What it means. A code beside an access number opens its meeting at once; a wrong one leads to the
 * reception, which asks. Wrong codes are counted against `source`.
 */
export async function lookUp(
  directory: Directory,
  { user, pin }: Wanted,
  source: string,
): Promise<Dialled> {
  if (user === ECHO_TEST) return { kind: 'echo' };
  const dialled = await directory.dialled(user, source);
  return dialled.kind === 'reception' ? pastReception(directory, dialled, pin, source) : dialled;
}

/** The meeting that a code opens, else the reception. */
export async function pastReception(
  directory: Directory,
  reception: Dialled,
  pin: string | undefined,
  source: string,
): Promise<Dialled> {
  if (pin === undefined) return reception;
  const meeting = await directory.dialled(pin, source);
  return meeting.kind === 'meeting' && meeting.by === 'code' ? meeting : reception;
}

function readUri(uri: string): ReturnType<typeof parseUri> | undefined {
  try {
    return parseUri(uri);
  } catch (error) {
    // tel: and others name nothing here.
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}
