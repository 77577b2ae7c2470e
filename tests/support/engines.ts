import { RealFreeswitch } from './freeswitch.ts';
import { Product } from './product.ts';

/** The product on one engine, and all that was started for it. */
export interface Stage {
  readonly product: Product;
  stop(): Promise<void>;
}

export interface Engine {
  readonly engine: string;
  start(): Promise<Stage>;
}

const EMBEDDED: Engine = {
  engine: 'the embedded switch',
  async start() {
    const product = await Product.start();
    return { product, stop: () => product.stop() };
  },
};

const REAL: Engine = {
  engine: 'a real FreeSWITCH',
  async start() {
    const freeswitch = await RealFreeswitch.start();
    const { password, eslPort, sipPort } = freeswitch;
    const FREESWITCH = `esl://:${password}@127.0.0.1:${eslPort}?sip=127.0.0.1:${sipPort}`;
    const product = await Product.start({ FREESWITCH });
    return {
      product,
      async stop() {
        await product.stop();
        await freeswitch.stop();
      },
    };
  },
};

/** The engines that this machine has; a flow runs on each. */
export const ENGINES: readonly Engine[] =
  RealFreeswitch.program() === '' ? [EMBEDDED] : [EMBEDDED, REAL];
