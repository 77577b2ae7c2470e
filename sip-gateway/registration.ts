import type { Address } from '../protocol/sip/address.ts';
import { parseAddress } from '../protocol/sip/address.ts';
import { parseCSeq } from '../protocol/sip/check.ts';
import { SipProtocolError } from '../protocol/sip/errors.ts';
import type { SipHeader, SipRequest } from '../protocol/sip/message.ts';
import { header, headerValues } from '../protocol/sip/message.ts';
import type { Guard } from './authenticate.ts';
import { challengeHeaders, newNonce, toUser, whoRegisters } from './authenticate.ts';
import type { Incoming } from './leg.ts';
import type { RegisterAnswer, RegisterRequest } from './registrar.ts';
import { register } from './registrar.ts';

/** A browser says within minutes whether it is there still; its right to be asks for no more. */
const BROWSER_EXPIRES_S = 600;

/** The registrar, and which connection each browser is registered over. */
export class Registrations {
  readonly #guard: Guard;
  readonly #lines = new Map<string, string>();

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  async answer(incoming: Incoming, salt: Uint8Array): Promise<void> {
    const username = await answerRegister(incoming, this.#guard, salt);
    const { source } = incoming;
    if (username !== undefined && source.transport === 'ws')
      this.#lines.set(lineKey(source), username);
  }

  /** The connection of a browser is gone: nobody can be rung there. */
  async lost(line: { readonly address: string; readonly port: number }): Promise<void> {
    const username = this.#lines.get(lineKey(line));
    if (username === undefined) return;
    this.#lines.delete(lineKey(line));
    const { directory } = this.#guard;
    const bindings = await directory.bindings(username);
    const left = bindings.filter(
      ({ transport, ...from }) => transport !== 'ws' || lineKey(from) !== lineKey(line),
    );
    if (left.length < bindings.length) await directory.setBindings(username, left);
  }
}

function lineKey({ address, port }: { readonly address: string; readonly port: number }): string {
  return `${address} ${port}`;
}

/** Whose address was kept. Answers REGISTER: who it is, whose address it is, then the registrar's rules. */
async function answerRegister(
  incoming: Incoming,
  guard: Guard,
  salt: Uint8Array,
): Promise<string | undefined> {
  const { request, source } = incoming;
  const who = await whoRegisters(request, source, guard);
  if (who.kind === 'challenge') {
    const challenge = { nonce: newNonce(guard, source, salt), stale: who.stale };
    const headers = challengeHeaders('WWW-Authenticate', challenge, guard);
    return void incoming.respond(401, { headers });
  }
  if (who.kind === 'refuse') return void incoming.respond(who.status);
  if (who.kind !== 'account' || toUser(request) !== who.account.username) {
    return void incoming.respond(403);
  }
  const wish = readRegister(incoming);
  if (!wish) return void incoming.respond(400);
  const { username } = who.account;
  const bindings = await guard.directory.bindings(username);
  const answer = register(bindings, wish, guard.now());
  if (answer.kind === 'registered' && changes(wish)) {
    await guard.directory.setBindings(username, answer.bindings);
  }
  respond(incoming, answer);
  return answer.kind === 'registered' ? username : undefined;
}

function changes({ contacts }: RegisterRequest): boolean {
  return contacts === '*' || contacts.length > 0;
}

function respond(incoming: Incoming, answer: RegisterAnswer): void {
  if (answer.kind === 'registered') {
    const headers = answer.contacts.map((value): SipHeader => ({ name: 'Contact', value }));
    return incoming.respond(200, { headers });
  }
  const { status, reason, minExpiresS } = answer;
  const headers =
    minExpiresS === undefined ? [] : [{ name: 'Min-Expires', value: `${minExpiresS}` }];
  incoming.respond(status, { reason, headers });
}

/** Undefined where a Contact does not read. */
function readRegister({ request, source }: Incoming): RegisterRequest | undefined {
  const contacts = readContacts(request);
  if (contacts === undefined) return undefined;
  return {
    contacts,
    expiresHeader: header(request, 'Expires'),
    callId: header(request, 'Call-ID') ?? '',
    cseq: parseCSeq(header(request, 'CSeq') ?? '').number,
    userAgent: header(request, 'User-Agent') ?? '',
    from: source,
    ...(source.transport === 'ws' && { maxExpiresS: BROWSER_EXPIRES_S }),
  };
}

function readContacts(request: SipRequest): readonly Address[] | '*' | undefined {
  const values = headerValues(request, 'Contact');
  if (values.includes('*')) return values.length === 1 ? '*' : undefined;
  try {
    return values.map(parseAddress);
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}
