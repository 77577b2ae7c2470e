import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Configuration } from 'openid-client';
import type { OidcSettings } from './settings.ts';

/** What a browser brings back from the provider must fit to what it was sent with. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636. */
  readonly verifier: string;
}

export type Claims = Readonly<Record<string, unknown>>;

/** Seconds; then the person is sent back to try again. */
const TIMEOUT_S = 10;

/**
 * An OpenID Connect provider by the authorization code flow with PKCE (OpenID Connect Core 1.0
 * section 3.1, RFC 7636). Rejects where the provider does not answer, or its answer does not hold.
 */
export class Provider {
  readonly #settings: OidcSettings;
  #known: Promise<Configuration> | undefined;

  constructor(settings: OidcSettings) {
    this.#settings = settings;
  }

  /** Where to send the browser, and what to remember for its return. */
  async begin(redirectUri: string): Promise<{ readonly url: URL; readonly journey: Journey }> {
    const config = await this.#discovered();
    const journey = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const url = buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: this.#settings.scopes,
      code_challenge: await calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
      state: journey.state,
      nonce: journey.nonce,
    });
    return { url, journey };
  }

  /** What the provider says of whoever came back to `url`: the claims of a verified ID token. */
  async finish(url: URL, { state, nonce, verifier }: Journey): Promise<Claims & { sub: string }> {
    const config = await this.#discovered();
    const tokens = await authorizationCodeGrant(config, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('the provider sent no ID token');
    return claims;
  }

  /** Asked for once; again where that failed. */
  #discovered(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    this.#known ??= discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: TIMEOUT_S,
      // That TLS brought the token is proof enough for the standard; its signature is one more.
      execute: issuer.startsWith('http:')
        ? [enableNonRepudiationChecks, allowInsecureRequests]
        : [enableNonRepudiationChecks],
    }).catch((error: unknown) => {
      this.#known = undefined;
      throw error;
    });
    return this.#known;
  }
}
