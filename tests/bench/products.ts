import { Product } from '../support/product.ts';
import { startReal } from './engine.ts';

/** Runs `measure` on the whole product: on the embedded switch, then on the real one where there is one. */
export async function onEachProduct<T>(
  measure: (product: Product) => Promise<T>,
): Promise<{ embedded: T; freeswitch?: T }> {
  const embedded = await measured(await Product.start(), measure);
  const real = await startReal();
  if (real === undefined) return { embedded };
  try {
    const FREESWITCH = `esl://:${real.password}@127.0.0.1:${real.eslPort}?sip=${real.sip}`;
    return { embedded, freeswitch: await measured(await Product.start({ FREESWITCH }), measure) };
  } finally {
    await real.stop();
  }
}

async function measured<T>(
  product: Product,
  measure: (product: Product) => Promise<T>,
): Promise<T> {
  try {
    return await measure(product);
  } finally {
    await product.stop();
  }
}
