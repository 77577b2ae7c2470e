import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const CLIENT = { clientId: 'partyline', clientSecret: 'a-secret-of-the-tests' } as const;

/** What the next sign-in is like; each test bends what it tests. */
export interface NextSignIn {
  claims: Record<string, unknown>;
  /** In place of the nonce that was asked for. */
  nonce?: string;
  /** In place of our name. */
  audience?: string;
  /** Signed with a key that the provider does not publish. */
  forged?: boolean;
  /** What the browser is sent back with in place of a code. */
  error?: string;
}

interface Grant {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly next: NextSignIn;
  readonly nonce: string;
}

/** A small OpenID provider: discovery, authorization with PKCE, tokens, keys. Asks nobody anything. */
export class IdentityProvider {
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  readonly #grants = new Map<string, Grant>();
  readonly #keys = generateKeyPair('RS256');
  readonly #forger = generateKeyPair('RS256');
  next: NextSignIn = { claims: { sub: '1' } };

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, this.#metadata());
      case '/authorize':
        return this.#authorize(url.searchParams, response);
      case '/token':
        return this.#token(request, response);
      case '/keys': {
        const key = await exportJWK((await this.#keys).publicKey);
        return json(response, 200, { keys: [{ ...key, kid: 'one', alg: 'RS256', use: 'sig' }] });
      }
      default:
        response.writeHead(404).end();
    }
  }

  #metadata(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  #authorize(asked: URLSearchParams, response: ServerResponse): void {
    const redirectUri = asked.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', asked.get('state') ?? '');
    const { next } = this;
    if (next.error === undefined) {
      const code = randomUUID();
      const challenge = asked.get('code_challenge') ?? '';
      const nonce = next.nonce ?? asked.get('nonce') ?? '';
      this.#grants.set(code, { challenge, redirectUri, next, nonce });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', next.error);
    response.writeHead(302, { location: back.href }).end();
  }

  /** A code is good for one time, for who has the secret and the verifier (RFC 6749, RFC 7636). */
  async #token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(request));
    const code = form.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const isOurs = form.get('client_secret') === CLIENT.clientSecret;
    if (!isOurs || grant?.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri'))
      return json(response, 400, { error: 'invalid_grant' });
    const token = await this.#idToken(grant);
    json(response, 200, { access_token: 'unused', token_type: 'Bearer', id_token: token });
  }

  async #idToken({ next, nonce }: Grant): Promise<string> {
    const { privateKey } = await (next.forged ? this.#forger : this.#keys);
    return new SignJWT({ ...next.claims, nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(this.issuer)
      .setAudience(next.audience ?? CLIENT.clientId)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
