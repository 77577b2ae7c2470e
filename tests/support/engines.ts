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
    const freeswitch = await RealFreeswitch.start(mediaOf(settings));
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
  async start(more = {}) {
    const freeswitch = await RealFreeswitch.start(mediaOf(more));
    const drachtio = await orStop(startRealDrachtio(DRACHTIO_SECRET), freeswitch);
    const settings = {
      ...more,
      FREESWITCH: freeswitch.setting,
      DRACHTIO: drachtio.setting,
      SIP_PORT: `${drachtio.sipPort}`,
    };
    const product = await orStop(Product.start(settings), freeswitch, drachtio);
    return {
      product,
      async stop() {
        await product.stop();
        await Promise.all([freeswitch.stop(), drachtio.stop()]);
      },
    };
  },
};

/** Its sound is where the product says that phones and browsers reach it. */
function mediaOf({ PUBLIC_IP }: NodeJS.ProcessEnv): Parameters<typeof RealFreeswitch.start>[0] {
  return PUBLIC_IP === undefined ? {} : { environment: { PARTYLINE_MEDIA_IP: PUBLIC_IP } };
}

/** Where the next part does not start, those before it must not be left behind. */
async function orStop<T>(
  starting: Promise<T>,
  ...running: readonly { stop(): Promise<void> }[]
): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    await Promise.all(running.map((each) => each.stop()));
    throw error;
  }
}

const HAS_FREESWITCH = RealFreeswitch.program() !== '';

/** The engines that this machine has; a flow runs on each. */
export const ENGINES: readonly Engine[] = [
  EMBEDDED,
  ...(HAS_FREESWITCH ? [FREESWITCH] : []),
  ...(HAS_FREESWITCH && DRACHTIO_BIN !== undefined ? [BOTH] : []),
];

/** Those of them that differ in the switch alone: what callers hear is FreeSWITCH's. */
export const SWITCHES: readonly Engine[] = ENGINES.slice(0, 2);
