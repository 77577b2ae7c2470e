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
  start(settings?: NodeJS.ProcessEnv): Promise<Stage>;
}

const DRACHTIO_SECRET = 'a-drachtio-secret-for-tests-only';

const EMBEDDED: Engine = {
  engine: 'the embedded switch',
  async start(settings = {}) {
    const product = await Product.start(settings);
    return { product, stop: () => product.stop() };
  },
};

const FREESWITCH: Engine = {
  engine: 'a real FreeSWITCH',
  async start(settings = {}) {
    const freeswitch = await RealFreeswitch.start();
    const product = await Product.start({ ...settings, FREESWITCH: freeswitch.setting });
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
  async start(settings = {}) {
    const [freeswitch, drachtio] = await Promise.all([
      RealFreeswitch.start(),
      startRealDrachtio(DRACHTIO_SECRET),
    ]);
    const product = await Product.start({
      ...settings,
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
