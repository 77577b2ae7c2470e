import { startEmbeddedFreeswitch } from '../../switch/embedded.ts';
import { EslClient } from './esl-client.ts';
import { RealFreeswitch } from './freeswitch.ts';
import { Product } from './product.ts';
import { TcpProxy } from './tcp-proxy.ts';

/** The product at a switch of its own whose event socket goes through a wire that can be cut. */
export interface WiredStage {
  readonly product: Product;
  readonly wire: TcpProxy;
  /** Past the wire: what the switch itself says. */
  ask(): Promise<EslClient>;
  stop(): Promise<void>;
}

export interface WiredEngine {
  readonly engine: string;
  start(): Promise<WiredStage>;
}

interface Node {
  readonly port: number;
  readonly password: string;
  readonly sipPort: number;
  stop(): Promise<void>;
}

/** The product with its event socket to this switch through a wire. */
export async function wired(node: Node): Promise<WiredStage> {
  const wire = await TcpProxy.to(node.port);
  const FREESWITCH = `esl://:${node.password}@127.0.0.1:${wire.port}?sip=127.0.0.1:${node.sipPort}`;
  const product = await Product.start({ FREESWITCH });
  return {
    product,
    wire,
    ask: () => EslClient.connect(node.port, node.password),
    async stop() {
      await product.stop();
      await wire.close();
      await node.stop();
    },
  };
}

export async function wiredFreeswitch(freeswitch: RealFreeswitch): Promise<WiredStage> {
  const { eslPort: port, password, sipPort } = freeswitch;
  return wired({ port, password, sipPort, stop: () => freeswitch.stop() });
}

const EMBEDDED: WiredEngine = {
  engine: 'the embedded switch',
  async start() {
    const node = await startEmbeddedFreeswitch({
      mediaHost: '127.0.0.1',
      publicHost: '127.0.0.1',
      rtpPorts: { first: 36_000, last: 38_999 },
      log: () => undefined,
    });
    const { port, password, sip } = node;
    return wired({ port, password, sipPort: sip.port, stop: () => node.stop() });
  },
};

const REAL: WiredEngine = {
  engine: 'a real FreeSWITCH',
  start: async () => wiredFreeswitch(await RealFreeswitch.start()),
};

/** The switches that this machine has. */
export const WIRED_ENGINES: readonly WiredEngine[] =
  RealFreeswitch.program() === '' ? [EMBEDDED] : [EMBEDDED, REAL];
