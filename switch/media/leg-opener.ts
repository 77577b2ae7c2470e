import type { Agreement, LocalMedia } from '../../protocol/sdp/agreement.ts';
import { formatAnswer } from '../../protocol/sdp/answer.ts';
import { negotiate } from '../../protocol/sdp/negotiate.ts';
import { formatOffer, readAnswer } from '../../protocol/sdp/offer.ts';
import { parseSdp } from '../../protocol/sdp/parse.ts';
import type { BrowserPort } from './browser/browser-port.ts';
import { BrowserTransport } from './browser/browser-transport.ts';
import type { DtlsIdentity } from './browser/dtls.ts';
import type { IceCredentials } from './browser/ice-lite.ts';
import { PlainTransport } from './plain-transport.ts';
import type { Ports } from './ports.ts';
import type { MediaTransport, TransportListener } from './transport.ts';
import type { StreamStart } from './voice-out.ts';

export type Refusal = 'no-common-codec' | 'bad-sdp' | 'no-ports';

type Refused = { readonly kind: 'refused'; readonly reason: Refusal };
export type Opening =
  { readonly kind: 'opened'; readonly opened: OpenedLeg; readonly text: string } | Refused;
export type Renegotiation = { readonly kind: 'agreed'; readonly text: string } | Refused;

export interface LegOpenerOptions {
  readonly ports: Ports;
  readonly browserPort: BrowserPort;
  readonly identity: DtlsIdentity;
  /** Written into SDP. */
  readonly publicHost: string;
  readonly now: () => number;
  /** Unforeseeable bytes. */
  readonly randomBytes: (count: number) => Buffer;
}

/** Opens a transport for an offer of a peer's, or for one of ours. */
export class LegOpener {
  readonly #options: LegOpenerOptions;

  constructor(options: LegOpenerOptions) {
    this.#options = options;
  }

  async answer(offer: string, listener: TransportListener): Promise<Opening> {
    const outcome = negotiate(offer);
    if (outcome.kind === 'refused') return outcome;
    const { agreement } = outcome;
    const transport = agreement.security
      ? this.#openBrowser(agreement.security, listener)
      : await this.#openPlain(listener);
    if (!transport) return { kind: 'refused', reason: 'no-ports' };
    const opened = this.#opened(transport);
    const answered = opened.takeOffer(offer);
    if (answered.kind === 'agreed') return { kind: 'opened', opened, text: answered.text };
    transport.close();
    return answered;
  }

  /** `browser`: for one that speaks ICE and DTLS-SRTP only. */
  async offer(listener: TransportListener, browser = false): Promise<Opening> {
    const transport = browser
      ? this.#openBrowser(undefined, listener)
      : await this.#openPlain(listener);
    if (!transport) return { kind: 'refused', reason: 'no-ports' };
    const opened = this.#opened(transport);
    return { kind: 'opened', opened, text: opened.makeOffer() };
  }

  close(): void {
    this.#options.browserPort.close();
  }

  async #openPlain(listener: TransportListener): Promise<MediaTransport | undefined> {
    const pair = await this.#options.ports.openPair();
    return pair && new PlainTransport(pair, listener, this.#options.now);
  }

  #openBrowser(remote: Agreement['security'], listener: TransportListener): MediaTransport {
    const { browserPort: port, identity, now } = this.#options;
    const newCredentials = () => this.#newCredentials();
    return new BrowserTransport(
      { port, identity, newCredentials, now, ...(remote && { remote }) },
      listener,
    );
  }

  /** RFC 8445 section 5.3: 24 and 128 bits of chance at least. */
  #newCredentials(): IceCredentials {
    return { ufrag: this.#word(8), password: this.#word(24) };
  }

  #word(bytes: number): string {
    return this.#options.randomBytes(bytes).toString('hex');
  }

  #opened(transport: MediaTransport): OpenedLeg {
    const { randomBytes, publicHost, identity } = this.#options;
    const start: StreamStart = {
      ssrc: randomBytes(4).readUInt32BE(),
      // Low enough that SRTP's rollover begins at zero for the peer too.
      sequence: randomBytes(2).readUInt16BE() & 0x7fff,
      timestamp: randomBytes(4).readUInt32BE(),
    };
    const sessionId = String(randomBytes(6).readUIntBE(0, 6));
    const local = { sessionId, address: publicHost, cname: this.#word(8), identity };
    return new OpenedLeg(transport, start, local);
  }
}

interface LocalSide {
  readonly sessionId: string;
  readonly address: string;
  readonly cname: string;
  readonly identity: DtlsIdentity;
}

/** A leg's transport and the SDP that was said about it so far (RFC 3264 section 8). */
export class OpenedLeg {
  readonly transport: MediaTransport;
  readonly start: StreamStart;
  readonly #local: LocalSide;
  #sessionVersion = 0;
  #agreement: Agreement | undefined;

  constructor(transport: MediaTransport, start: StreamStart, local: LocalSide) {
    this.transport = transport;
    this.start = start;
    this.#local = local;
  }

  /** undefined until offer and answer met. */
  get agreement(): Agreement | undefined {
    return this.#agreement;
  }

  get cname(): string {
    return this.#local.cname;
  }

  makeOffer(): string {
    return formatOffer(this.#describe());
  }

  /** The answer to a peer's offer, first or later; a refusal leaves all as it was. */
  takeOffer(text: string): Renegotiation {
    const outcome = negotiate(text);
    if (outcome.kind === 'refused') return outcome;
    if (!this.transport.update(outcome.agreement)) return { kind: 'refused', reason: 'bad-sdp' };
    this.#agreement = outcome.agreement;
    const answer = formatAnswer(parseSdp(text), outcome.agreement, this.#describe());
    return { kind: 'agreed', text: answer };
  }

  /** The peer's answer to our offer. */
  takeAnswer(text: string): Renegotiation {
    const outcome = readAnswer(text, this.transport instanceof BrowserTransport);
    if (outcome.kind === 'refused') return outcome;
    if (!this.transport.update(outcome.agreement)) return { kind: 'refused', reason: 'bad-sdp' };
    this.#agreement = outcome.agreement;
    return { kind: 'agreed', text };
  }

  #describe(): LocalMedia {
    this.#sessionVersion += 1;
    const { sessionId, address, cname, identity } = this.#local;
    const { port, rtcpPort } = this.transport;
    return {
      sessionId,
      sessionVersion: this.#sessionVersion,
      address,
      port,
      rtcpPort,
      ssrc: this.start.ssrc,
      cname,
      ...(this.transport instanceof BrowserTransport && {
        security: { ...this.transport.credentials, fingerprint: identity.fingerprint },
      }),
    };
  }
}
