import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import Srf from 'drachtio-srf';
import type { DrachtioStandIn } from '../../switch/drachtio/drachtio.ts';
import { startDrachtio } from '../../switch/drachtio/drachtio.ts';
import { startRealDrachtio } from './real-drachtio.ts';
import { SipPeer } from './sip-peer.ts';

/** drachtio-srf as its own code has it; its declarations lack half of what is asked here. */
export interface App extends EventEmitter {
  invite(handler: Handler): void;
  options(handler: Handler): void;
  register(handler: Handler): void;
  createUAS(req: AppRequest, res: AppResponse, options: object): Promise<AppDialog>;
  createUAS(
    req: AppRequest,
    res: AppResponse,
    options: object,
    callback: (error: unknown, dialog: AppDialog) => void,
  ): void;
  createUAC(uri: string, options: object, progress?: Progress): Promise<AppDialog>;
  createB2BUA(
    req: AppRequest,
    res: AppResponse,
    uri: string,
    options: object,
  ): Promise<{ readonly uas: AppDialog; readonly uac: AppDialog }>;
  request(uri: string, options: object, callback: (error: unknown) => void): void;
  connect(options: object): void;
  disconnect(): void;
  readonly app: {
    readonly client: {
      readonly wp: EventEmitter & { send(socket: Socket, text: string): string };
      readonly mapServer: Map<Socket, { readonly pendingRequests: Map<string, () => void> }>;
    };
  };
}

export type Handler = (req: AppRequest, res: AppResponse) => void;

export interface AppRequest extends EventEmitter {
  readonly source_address: string;
  readonly source_port: number;
  readonly protocol: string;
  get(name: string): string;
  cancel(): void;
}

export interface AppResponse {
  send(status: number, options?: object, callback?: undefined, onPrack?: () => void): void;
}

export interface AppDialog extends EventEmitter {
  readonly remote: { readonly sdp: string };
  modify(sdp: string): Promise<unknown>;
  destroy(): Promise<unknown>;
}

interface Progress {
  readonly cbRequest: (error: unknown, req: AppRequest) => void;
  readonly cbProvisional: () => void;
}

export const APP_SECRET = 'open sesame';

/** drachtio's stand-in with unchanged drachtio-srf applications on one side, SIP peers on the other. */
export class Stage {
  readonly drachtio: DrachtioStandIn;
  readonly #apps: App[] = [];
  readonly #peers: SipPeer[] = [];

  private constructor(drachtio: DrachtioStandIn) {
    this.drachtio = drachtio;
  }

  /** Opens on the stand-in with SIP timers ten times as fast as the RFC's. */
  static async open(): Promise<Stage> {
    const drachtio = await startDrachtio({
      host: '127.0.0.1',
      port: 0,
      secret: APP_SECRET,
      sip: { host: '127.0.0.1', port: 0, wsPort: 0, timing: { t1: 50, t2: 400, t4: 500 } },
      log: () => undefined,
    });
    return new Stage(drachtio);
  }

  /** Opens on drachtio-server itself, which cannot be looked into. */
  static async openReal(): Promise<Stage> {
    const sip = { clients: 0, servers: 0, connections: 0 };
    const empty = { clients: 1, calls: 0, incoming: 0, outgoing: 0, sip };
    return new Stage({ ...(await startRealDrachtio(APP_SECRET)), dump: () => empty });
  }

  async peer(): Promise<SipPeer> {
    const peer = await SipPeer.udp(this.drachtio.sipPort);
    this.#peers.push(peer);
    return peer;
  }

  /** An application that is connected, its routes known. */
  async app(set: (srf: App) => void = () => undefined): Promise<App> {
    const srf = new Srf() as unknown as App;
    this.#apps.push(srf);
    srf.on('error', () => undefined);
    set(srf);
    srf.connect({ host: '127.0.0.1', port: this.drachtio.port, secret: APP_SECRET });
    await once(srf, 'connect');
    // Its routes follow the welcome; a ping that comes back has passed behind them.
    for (const [socket, { pendingRequests }] of srf.app.client.mapServer) {
      const ping = srf.app.client.wp.send(socket, 'ping');
      await new Promise<void>((resolve) => pendingRequests.set(ping, resolve));
    }
    return srf;
  }

  uri(user = 'x'): string {
    return `sip:${user}@127.0.0.1:${this.drachtio.sipPort}`;
  }

  async close(): Promise<void> {
    for (const srf of this.#apps) if (srf.app.client.mapServer.size > 0) srf.disconnect();
    await this.drachtio.stop();
    for (const peer of this.#peers) peer.close();
  }
}
