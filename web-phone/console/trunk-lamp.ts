import type { TrunkLine, TrunkView } from '../../protocol/http/views.ts';

/** How a trunk stands, in a few words. */
export interface TrunkLamp {
  readonly on: boolean;
  readonly words: string;
  /** What is wrong, where something is. */
  readonly trouble?: string;
}

const STATES: Record<TrunkLine['state'], string> = {
  registered: 'Registered',
  reachable: 'Reachable',
  trying: 'Trying to reach it',
  refused: 'Refused',
  off: 'Takes calls only',
};

export function trunkLamp({ line, register, addresses }: TrunkView): TrunkLamp {
  const from = addresses.length > 0 && !register ? `, from ${addresses.join(', ')}` : '';
  if (line === undefined) return { on: false, words: `Asking${from}` };
  return {
    on: line.state !== 'trying' && line.state !== 'refused',
    words: `${STATES[line.state]}${from}`,
    ...(line.detail !== undefined && { trouble: line.detail }),
  };
}
