import type { TrunkView } from '../../protocol/http/views.ts';

/** How a trunk stands, in a few words. */
export interface TrunkLamp {
  readonly on: boolean;
  readonly words: string;
}

export function trunkLamp({ register, addresses }: TrunkView): TrunkLamp {
  if (register) return { on: true, words: 'Registers' };
  if (addresses.length > 0) return { on: true, words: `Calls from ${addresses.join(', ')}` };
  return { on: false, words: 'Calls out only' };
}
