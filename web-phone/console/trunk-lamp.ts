import type { TrunkTest } from '../../protocol/call/trunk.ts';
import type { TrunkView } from '../../protocol/http/views.ts';
import type { trunks } from '../words/en/trunks.ts';

/** How a trunk stands, in a few words. */
export interface TrunkLamp {
  readonly on: boolean;
  readonly words: string;
  /** What is wrong, in the server's words, where something is. */
  readonly trouble?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export function trunkLamp({ line, register, addresses }: TrunkView, say: typeof trunks): TrunkLamp {
  const from = addresses.length > 0 && !register ? `, ${say.from(addresses.join(', '))}` : '';
  if (line === undefined) return { on: false, words: `${say.asking}${from}` };
  const { state, detail } = line;
  const isDown = state === 'trying' || state === 'refused';
  return {
    on: !isDown,
    words: `${say.state[state]}${from}`,
    ...(detail !== undefined && { trouble: detail }),
    ...(isDown && { remedy: say.mend[state] }),
  };
}

/** What came of a test, and whether it is as it should be. */
export function testWords(
  test: TrunkTest,
  say: typeof trunks,
): { readonly good: boolean; readonly words: string } {
  if (!test.answered) return { good: false, words: say.silent(test.ms) };
  const { status, reason, ms, agent } = test;
  const by = agent === undefined ? '' : ` ${say.answeredBy(agent)}`;
  const meaning = status < 300 ? say.fine : say.rather;
  return { good: true, words: `${say.answered(status, reason, ms)}${by}. ${meaning}` };
}
