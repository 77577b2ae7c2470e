import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Sipp } from '../support/sipp.ts';
import type { Product } from '../support/product.ts';
import { summary } from './percentile.ts';
import { onEachProduct } from './products.ts';

interface JoinFigure {
  readonly callsPerSecond: number;
  readonly calls: number;
  readonly failed: number;
  /** INVITE to 200, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** INVITE to 200 through gateway, bridge and switch, at 10 and 50 calls a second. */
export function join(): Promise<{ embedded: JoinFigure[]; freeswitch?: JoinFigure[] }> {
  return onEachProduct(async (product) => [
    await atRate(product, 10, 100),
    await atRate(product, 50, 500),
  ]);
}

async function atRate(
  product: Product,
  callsPerSecond: number,
  calls: number,
): Promise<JoinFigure> {
  const meeting = await product.createMeeting({ name: `Join at ${callsPerSecond}` });
  const media = createSocket('udp4').bind(0, '127.0.0.1');
  await once(media, 'listening');
  const sipp = new Sipp({
    server: product.sip,
    dialled: meeting.codes.join,
    transport: 'udp',
    calls,
    callsPerSecond,
    holdMs: 2000,
    media: { address: '127.0.0.1', port: media.address().port },
  });
  const { answerMs } = await sipp.finish();
  media.close();
  return { callsPerSecond, calls, failed: calls - answerMs.length, ...summary(answerMs) };
}
