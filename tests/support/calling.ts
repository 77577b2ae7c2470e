import { afterAll, beforeAll, test } from 'vitest';
import type { Engine, Stage } from './engines.ts';
import { KeypadPhones } from './keypad-phone.ts';
import type { Product } from './product.ts';

interface Calling {
  readonly product: Product;
  /** Put down when the test is over. */
  readonly phones: KeypadPhones;
}

/** Tests that call one product, started for all of the block that this is called in. */
export function callingOn(engine: Engine, settings: NodeJS.ProcessEnv = {}) {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await engine.start(settings);
  }, 90_000);
  afterAll(() => stage?.stop());
  return test.extend<Calling>({
    product: async ({}, use) => {
      if (stage === undefined) throw new Error('no product runs outside of its block');
      await use(stage.product);
    },
    phones: async ({ product }, use) => {
      const phones = new KeypadPhones(product.sip);
      await use(phones);
      await phones.stopAll();
    },
  });
}

export type CallingTest = ReturnType<typeof callingOn>;
