import type { MortalDrachtio, MortalFreeswitch } from './mortal-engines.ts';
import { embeddedDrachtio, embeddedFreeswitch } from './mortal-engines.ts';
import { Product } from './product.ts';

/** Partyline with two FreeSWITCHes, each of which may die. */
export interface TwoNodes {
  readonly product: Product;
  readonly nodes: readonly [MortalFreeswitch, MortalFreeswitch];
  readonly drachtio: MortalDrachtio;
  stop(): Promise<void>;
}

export async function startTwoNodes(
  open: (at: 0 | 1) => Promise<MortalFreeswitch> = (at) => embeddedFreeswitch(36_000 + at * 3_000),
): Promise<TwoNodes> {
  const [one, other, drachtio] = await Promise.all([open(0), open(1), embeddedDrachtio()]);
  const nodes = [one, other] as const;
  const product = await Product.start({
    FREESWITCH: nodes.map(settingOf).join(','),
    DRACHTIO: `drachtio://:${drachtio.secret}@127.0.0.1:${drachtio.port}?ws=127.0.0.1:${drachtio.wsPort}`,
    SIP_PORT: `${drachtio.sipPort}`,
  });
  const stop = async (): Promise<void> => {
    await product.stop();
    await Promise.all([...nodes, drachtio].map((engine) => engine.stop()));
  };
  return { product, nodes, drachtio, stop };
}

function settingOf({ eslPort, sipPort, password }: MortalFreeswitch): string {
  return `esl://:${password}@127.0.0.1:${eslPort}?sip=127.0.0.1:${sipPort}`;
}
