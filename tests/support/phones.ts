import { Baresip, type PhoneOptions } from './baresip.ts';
import type { Product } from './product.ts';
import { SipCaller } from './sip-caller.ts';

/** The desk phones of one test, put down together. */
export class Phones {
  #started: Baresip[] = [];

  async start(options: PhoneOptions): Promise<Baresip> {
    const phone = await Baresip.start(options);
    this.#started.push(phone);
    return phone;
  }

  async stopAll(): Promise<void> {
    const phones = this.#started;
    this.#started = [];
    await Promise.all(phones.map((phone) => phone.stop()));
  }
}

/** The final status that a stranger gets who dials this. */
export async function statusOf(product: Product, dialled: string): Promise<number> {
  const caller = await SipCaller.open({ server: product.sip, user: 'somebody' });
  const { status } = await caller.call(dialled);
  caller.close();
  return status;
}
