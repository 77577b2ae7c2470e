import type { TrunkTrouble } from '../../protocol/call/trunk-trouble.ts';
import type { TrunkTest } from '../../protocol/call/trunk.ts';
import type { TrunkView } from '../../protocol/http/views.ts';
import type { trunks } from '../words/en/trunks.ts';

/** How a trunk stands, in a few words. */
export interface TrunkLamp {
  readonly on: boolean;
  readonly words: string;
  /** What is wrong, where something is; what the provider said is quoted. */
  readonly trouble?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export function trunkLamp({ line, register, addresses }: TrunkView, say: typeof trunks): TrunkLamp {
  const from = addresses.length > 0 && !register ? `, ${say.from(addresses.join(', '))}` : '';
  if (line === undefined) return { on: false, words: `${say.asking}${from}` };
  const { state, trouble, detail } = line;
  const isDown = state === 'trying' || state === 'refused';
  const why = trouble ? troubleWords(trouble, say) : detail;
  const mend = trouble && say.mend[trouble.kind];
  return {
    on: !isDown,
    words: `${say.state[state]}${from}`,
    ...(why !== undefined && { trouble: why }),
    ...(isDown && { remedy: mend ?? say.mend[state] }),
  };
}

function troubleWords(trouble: TrunkTrouble, say: typeof trunks): string {
  const said = 'status' in trouble ? say.said(trouble.status, trouble.reason) : '';
  return say.trouble[trouble.kind](said);
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
