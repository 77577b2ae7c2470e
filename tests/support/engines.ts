import { RealFreeswitch } from './freeswitch.ts';
import { Product } from './product.ts';
import { DRACHTIO_BIN, startRealDrachtio } from './real-drachtio.ts';

/** The product on one engine, and all that was started for it. */
export interface Stage {
  readonly product: Product;
  stop(): Promise<void>;
}

export interface Engine {
  readonly engine: string;
  start(): Promise<Stage>;
}

const DRACHTIO_SECRET = 'a-drachtio-secret-for-tests-only';

const EMBEDDED: Engine = {
  engine: 'the embedded switch',
  async start() {
    const product = await Product.start();
    return { product, stop: () => product.stop() };
  },
};

const FREESWITCH: Engine = {
  engine: 'a real FreeSWITCH',
  async start() {
    const freeswitch = await RealFreeswitch.start();
    const product = await Product.start({ FREESWITCH: freeswitch.setting });
    return {
      product,
      async stop() {
        await product.stop();
        await freeswitch.stop();
      },
    };
  },
};

const BOTH: Engine = {
  engine: 'a real FreeSWITCH and drachtio-server',
  async start() {
    const [freeswitch, drachtio] = await Promise.all([
      RealFreeswitch.start(),
      startRealDrachtio(DRACHTIO_SECRET),
    ]);
    const product = await Product.start({
      FREESWITCH: freeswitch.setting,
      DRACHTIO: drachtio.setting,
      SIP_PORT: `${drachtio.sipPort}`,
    });
    return {
      product,
      async stop() {
        await product.stop();
        await Promise.all([freeswitch.stop(), drachtio.stop()]);
      },
    };
  },
};

const HAS_FREESWITCH = RealFreeswitch.program() !== '';

/** The engines that this machine has; a flow runs on each. */
export const ENGINES: readonly Engine[] = [
  EMBEDDED,
  ...(HAS_FREESWITCH ? [FREESWITCH] : []),
  ...(HAS_FREESWITCH && DRACHTIO_BIN !== undefined ? [BOTH] : []),
];
