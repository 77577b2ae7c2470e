import { formatMessage } from '../../../protocol/sip/format.ts';
import type { SipMessage } from '../../../protocol/sip/message.ts';
import { SipPeer } from '../../support/sip-peer.ts';
import { Application } from './application.ts';
import { tellFrame, tellSip } from './transcript.ts';

/** A server to play scenes on: the embedded one or drachtio-server. */
export interface Engine {
  readonly port: number;
  readonly sipPort: number;
  readonly wsPort: number | undefined;
  readonly secret: string;
}

/** An application on one side of the server, phones on the other, and what each of them heard. */
export class Stage {
  readonly engine: Engine;
  readonly #applications: Application[] = [];
  readonly #phones: SipPeer[] = [];
  readonly #lines: string[] = [];
  readonly #heard = new Map<SipPeer, SipMessage[]>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Logged in, and routed what it asks for. */
  async application(...methods: readonly string[]): Promise<Application> {
    const application = await this.stranger();
    await application.say(`authenticate|${this.engine.secret}|one,two`);
    for (const method of methods) await application.say(`route|${method}`);
    return application;
  }

  /** Connected, no more. */
  async stranger(): Promise<Application> {
    const application = await Application.open(this.engine.port);
    this.#applications.push(application);
    return application;
  }

  async phone(transport: 'udp' | 'tcp' | 'ws' = 'udp'): Promise<SipPeer> {
    const { sipPort, wsPort = 0 } = this.engine;
    const phone = await SipPeer[transport](transport === 'ws' ? wsPort : sipPort);
    this.#phones.push(phone);
    this.#heard.set(phone, []);
    // Whether a 100 is worth sending is each hop's own affair (RFC 3261 section 17.2.1).
    phone.onHeard = (message) => {
      if (message.kind === 'request' || message.status > 100) this.#heard.get(phone)?.push(message);
    };
    return phone;
  }

  get uri(): string {
    return `sip:someone@127.0.0.1:${this.engine.sipPort}`;
  }

  note(text: string): void {
    this.#lines.push(`> ${text}`);
  }

  /** What everybody heard, in order for each, chance and addresses named. */
  get transcript(): string[] {
    const names = this.#names();
    const applications = this.#applications.flatMap(({ heard }, at) => [
      `application ${at + 1} heard`,
      ...heard.map((each) => tellFrame(each)),
    ]);
    const phones = this.#phones.flatMap((phone, at) => [
      `phone ${at + 1} heard`,
      ...(this.#heard.get(phone) ?? []).map((each) => tellSip(formatMessage(each))),
    ]);
    return [...this.#lines, ...applications, ...phones]
      .flatMap((text) => text.split('\n'))
      .map((line) => names.reduce((named, [value, name]) => named.replaceAll(value, name), line));
  }

  close(): void {
    for (const application of this.#applications) application.close();
    for (const phone of this.#phones) phone.close();
  }

  #names(): (readonly [string, string])[] {
    const { sipPort, wsPort } = this.engine;
    return [
      ...this.#phones.map((phone) => [phone.host, 'PHONE'] as const),
      [`127.0.0.1:${sipPort}`, 'SERVER'],
      [`127.0.0.1:${wsPort ?? 0}`, 'SERVER-WS'],
    ];
  }
}
