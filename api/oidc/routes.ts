import { Router } from 'express';
import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { nameIn, roleIn } from '../../meetings/rules/vouching.ts';
import type { Person } from '../../meetings/rules/people.ts';
import { limitRate } from '../limits.ts';
import { sourceOf } from '../origin.ts';
import type { ApiParts } from '../parts.ts';
import { cookieFor, enter, signedInFrom } from '../session-cookie.ts';
import { Provider } from './provider.ts';
import type { Journey } from './provider.ts';
import type { OidcSettings } from './settings.ts';

const PLACE = '/oidc/callback';
/** So long somebody may take at the provider's. */
const JOURNEY_MS = 10 * 60_000;

/** Why somebody who went to the provider is not in; the page has words for each. */
type Why = 'cancelled' | 'failed' | 'not-let-in';

/** Sign-in by an identity provider; nothing is there where none is set. */
export function oidcRoutes(parts: ApiParts): Router {
  const router = Router();
  const { oidc } = parts;
  if (!oidc) return router;
  const provider = new Provider(oidc);
  router.get('/oidc/sign-in', limitRate(parts), begin(parts, provider));
  router.get(PLACE, limitRate(parts), finish(parts, provider, oidc));
  return router;
}

function begin(parts: ApiParts, provider: Provider): RequestHandler {
  return async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      const { url, journey } = await provider.begin(`${parts.publicUrl()}${PLACE}`);
      const kept = Buffer.from(JSON.stringify(journey)).toString('base64url');
      response.cookie(cookieName(parts), kept, { ...journeyCookie(parts), maxAge: JOURNEY_MS });
      response.redirect(url.href);
    } catch (error) {
      turnBack(parts, response, { why: 'failed', error });
    }
  };
}

/** A journey is for one return, whatever becomes of it. */
function finish(parts: ApiParts, provider: Provider, settings: OidcSettings): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const journey = journeyIn(request, cookieName(parts));
    response.clearCookie(cookieName(parts), journeyCookie(parts));
    const url = new URL(request.originalUrl, parts.publicUrl());
    if (url.searchParams.get('error') === 'access_denied')
      return turnBack(parts, response, { why: 'cancelled' });
    try {
      if (!journey) throw new Error('the browser brought no memory of a sign-in');
      const claims = await provider.finish(url, journey);
      const person = await personOf(parts, settings, claims);
      if (!person) return turnBack(parts, response, { why: 'not-let-in' });
      const result = await parts.meetings.people.signIn.open(person, signedInFrom(request));
      await enter(parts, response, result, { detail: '', field: '' });
      await tellAudit(parts, request, person);
      response.redirect('/console');
    } catch (error) {
      turnBack(parts, response, { why: 'failed', error });
    }
  };
}

/** `undefined`: the provider knows them, and we do not let them in. */
async function personOf(
  { meetings }: ApiParts,
  settings: OidcSettings,
  claims: { readonly sub: string } & Readonly<Record<string, unknown>>,
): Promise<Person | undefined> {
  const role = roleIn(claims, settings);
  if (role === undefined) return undefined;
  const { issuer } = settings;
  const vouched = { issuer, subject: claims.sub, name: nameIn(claims), role };
  const person = await meetings.people.known.vouched(vouched);
  return person?.disabledAtMs === undefined ? person : undefined;
}

/** The reason is the operator's to read: it may say how the provider is set up. */
function turnBack(
  { log }: ApiParts,
  response: Response,
  { why, error }: { readonly why: Why; readonly error?: unknown },
): void {
  if (error !== undefined)
    log('warn', 'somebody could not be signed in by the identity provider', {
      why: error instanceof Error ? error.message : 'for a reason that is no error',
    });
  response.redirect(`/console?sign-in=${why}`);
}

async function tellAudit(parts: ApiParts, request: Request, person: Person): Promise<void> {
  const { audit } = parts.meetings;
  const who = `person ${person.id}`;
  await audit.record({ who, from: sourceOf(request.socket), act: 'sign-in', outcome: 'done' });
}

/** `__Host-`: no neighbouring host can plant a journey of its own (RFC 6265bis section 4.1.3). */
function cookieName(parts: ApiParts): string {
  return cookieFor(parts).secure ? '__Host-partyline_oidc' : 'partyline_oidc';
}

/** `Lax`: the way back begins on the provider's page. */
function journeyCookie(parts: ApiParts): CookieOptions {
  return { ...cookieFor(parts), sameSite: 'lax' };
}

function journeyIn(request: Request, name: string): Journey | undefined {
  const cookies = (request.headers.cookie ?? '').split(/; */);
  const kept = cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
  if (kept === undefined) return undefined;
  try {
    const journey = JSON.parse(Buffer.from(kept, 'base64url').toString()) as unknown;
    return isJourney(journey) ? journey : undefined;
  } catch {
    // Not ours: as good as none, which is told.
    return undefined;
  }
}

function isJourney(value: unknown): value is Journey {
  if (typeof value !== 'object' || value === null) return false;
  const { state, nonce, verifier } = value as Partial<Record<keyof Journey, unknown>>;
  return [state, nonce, verifier].every((each) => typeof each === 'string' && each !== '');
}
