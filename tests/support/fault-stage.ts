import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signingKeys } from '../../meetings/keys.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import { formatIdentity, IDENTITY_HEADER } from '../../protocol/call/identity.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import type { SipHeader } from '../../protocol/sip/message.ts';
import { EslClient } from './esl-client.ts';
import { eventually } from './eventually.ts';
import type { MortalDrachtio, MortalFreeswitch, Pair } from './mortal-engines.ts';
import { Product } from './product.ts';
import { TcpProxy } from './tcp-proxy.ts';

interface Parts {
  readonly freeswitch: MortalFreeswitch;
  readonly drachtio: MortalDrachtio;
  readonly eslWire: TcpProxy;
  readonly drachtioWire: TcpProxy;
  readonly identityKey: Uint8Array;
}

/** Partyline between two engines that can die, over wires that can be cut. */
export class FaultStage {
  readonly parts: Parts;
  #product: Product;

  private constructor(product: Product, parts: Parts) {
    this.#product = product;
    this.parts = parts;
  }

  /** `first` of FreeSWITCH's ports for audio: no other stage may have them meanwhile. */
  static async start(pair: Pair, first?: number): Promise<FaultStage> {
    const [freeswitch, drachtio] = await Promise.all([pair.freeswitch(first), pair.drachtio()]);
    const eslWire = await TcpProxy.to(freeswitch.eslPort);
    const drachtioWire = await TcpProxy.to(drachtio.port);
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'partyline-data-'));
    const identityKey = await keyIn(DATA_DIR);
    const { password, sipPort } = freeswitch;
    const { secret, wsPort } = drachtio;
    const product = await Product.start({
      DATA_DIR,
      FREESWITCH: `esl://:${password}@127.0.0.1:${eslWire.port}?sip=127.0.0.1:${sipPort}`,
      DRACHTIO: `drachtio://:${secret}@127.0.0.1:${drachtioWire.port}?ws=127.0.0.1:${wsPort}`,
      SIP_PORT: `${drachtio.sipPort}`,
    });
    return new FaultStage(product, { freeswitch, drachtio, eslWire, drachtioWire, identityKey });
  }

  get product(): Product {
    return this.#product;
  }

  /** Where FreeSWITCH takes calls. */
  get freeswitchSip(): string {
    return `127.0.0.1:${this.parts.freeswitch.sipPort}`;
  }

  /** Partyline is killed; resolves when drachtio knows. */
  async killPartyline(): Promise<void> {
    await this.#product.die();
    await eventually('its connections are gone', () => this.parts.drachtioWire.size === 0);
  }

  /** Its next life, once that takes calls. */
  async restartPartyline(): Promise<void> {
    this.#product = await this.#product.rise();
  }

  /** What makes FreeSWITCH's calls ours, whoever brings them. */
  identity(meeting: MeetingView, name: string): SipHeader {
    const room = meeting.id;
    const value = formatIdentity(
      {
        destination: { kind: 'meeting', room, role: 'participant' },
        ...{ via: 'phone', name, number: name, source: '127.0.0.1' },
      },
      this.parts.identityKey,
    );
    return { name: IDENTITY_HEADER, value };
  }

  /** Past the wire: what FreeSWITCH itself says. */
  ask(): Promise<EslClient> {
    const { eslPort, password } = this.parts.freeswitch;
    return EslClient.connect(eslPort, password);
  }

  async stop(): Promise<void> {
    const { eslWire, drachtioWire, freeswitch, drachtio } = this.parts;
    await this.#product.stop();
    await Promise.all([eslWire.close(), drachtioWire.close()]);
    await Promise.all([freeswitch.stop(), drachtio.stop()]);
  }
}

/** Makes the keys of a data folder before the product does, as a gateway elsewhere would share them. */
async function keyIn(dataDir: string): Promise<Uint8Array> {
  const store = openLmdb(join(dataDir, 'store'), Date.now);
  const { tokens } = await signingKeys(store, (count) => randomBytes(count));
  await store.close();
  return new Uint8Array(hkdfSync('sha256', tokens, '', 'call identity', 32));
}
