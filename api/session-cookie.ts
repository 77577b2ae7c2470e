import type { CookieOptions, Request, Response } from 'express';
import type { SessionView } from '../protocol/http/views.ts';
import type { Person } from '../meetings/rules/people.ts';
import type { SignInResult } from '../meetings/people/sign-in.ts';
import type { SignedInFrom } from '../meetings/sessions.ts';
import { actedAs } from './audit/record.ts';
import { knownTo } from './caller.ts';
import { SESSION_COOKIE } from './known.ts';
import { sourceOf } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';

/** Lets somebody in whom a key, a password or the identity provider has proved: a cookie, and an answer. */
export async function enter(
  parts: ApiParts,
  response: Response,
  result: SignInResult,
  wrong: { readonly detail: string; readonly field: string },
): Promise<SessionView> {
  if (result.kind !== 'open') throw notIn(result, wrong);
  const { session, person } = result;
  // Whoever planted a session in this browser is not signed in with it.
  const before = knownTo(response).session;
  if (before) await parts.meetings.people.sessions.end(before);
  const maxAge = session.expiresAtMs - parts.now();
  response.cookie(SESSION_COOKIE, session.token, { ...cookieFor(parts), maxAge });
  actedAs(response, person ? `person ${person.id}` : 'admin session');
  return signedIn(parts, { person, expiresAtMs: session.expiresAtMs });
}

export function leave(parts: ApiParts, response: Response): void {
  response.clearCookie(SESSION_COOKIE, cookieFor(parts));
}

/** What the page needs to know of who is in. The administrator's key itself does not run out. */
export function signedIn(
  { recording = false, meetings }: ApiParts,
  who: {
    readonly person?: Person | undefined;
    readonly role?: Person['role'];
    readonly expiresAtMs?: number | undefined;
  },
): SessionView {
  const { person, role = 'owner', expiresAtMs } = who;
  const callsToNumbers = meetings.dialOut.settings.prefixes.length > 0;
  return {
    signedIn: true,
    role: person?.role ?? role,
    ...(person && { personId: person.id, name: person.name }),
    offers: { recording, callsToNumbers },
    ...(expiresAtMs !== undefined && { expiresAt: new Date(expiresAtMs).toISOString() }),
  };
}

export function signedInFrom(request: Request): SignedInFrom {
  const userAgent = (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '');
  return { address: sourceOf(request.socket), userAgent };
}

export function cookieFor({ secure: speaksTls, publicUrl }: ApiParts): CookieOptions {
  const secure = speaksTls || publicUrl().startsWith('https:');
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}

function notIn(
  result: Exclude<SignInResult, { kind: 'open' }>,
  wrong: { readonly detail: string; readonly field: string },
) {
  switch (result.kind) {
    case 'throttled':
      return refusal('too-many-requests', 'Too many wrong tries. Wait, then try again.', {
        headers: { 'Retry-After': String(Math.ceil(result.retryAfterMs / 1_000)) },
      });
    case 'wrong':
      return refusal('not-signed-in', wrong.detail, { field: wrong.field });
    case 'replace':
      return refusal('conflict', 'The password was good for one time: choose a new one.', {
        field: 'newPassword',
      });
    case 'unfit':
      return refusal('bad-input', `The new password ${result.why}.`, { field: 'newPassword' });
  }
}
