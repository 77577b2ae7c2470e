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

/** Answers REGISTER: who it is, whose address it is, then the registrar's rules. */
export async function answerRegister(
  incoming: Incoming,
  guard: Guard,
  salt: Uint8Array,
): Promise<void> {
  const { request, source } = incoming;
  const who = await whoRegisters(request, source, guard);
  if (who.kind === 'challenge') {
    const challenge = { nonce: newNonce(guard, source, salt), stale: who.stale };
    const headers = challengeHeaders('WWW-Authenticate', challenge, guard);
    return incoming.respond(401, { headers });
  }
  if (who.kind === 'refuse') return incoming.respond(who.status);
  if (who.kind !== 'account' || toUser(request) !== who.account.username) {
    return incoming.respond(403);
  }
  const wish = readRegister(incoming);
  if (!wish) return incoming.respond(400);
  const { username } = who.account;
  const bindings = await guard.directory.bindings(username);
  const answer = register(bindings, wish, guard.now());
  if (answer.kind === 'registered' && changes(wish)) {
    await guard.directory.setBindings(username, answer.bindings);
  }
  respond(incoming, answer);
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
