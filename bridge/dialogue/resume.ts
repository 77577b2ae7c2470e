import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { Standing } from '../standing.ts';
import type { Beginning } from './dialogue.ts';
import type { Before, Talk } from './talk.ts';

/** How far a dialogue came, as it is kept on the leg for a bridge that starts anew. */
export type Stage = 'greeted' | 'named' | 'leaving';

const STAGES = {
  code: 'greeted',
  'looking-up': 'greeted',
  naming: 'greeted',
  echo: 'greeted',
  lobby: 'named',
  entering: 'named',
  dismissed: 'leaving',
  farewell: 'leaving',
} as const satisfies Partial<Record<Talk['at'], Stage>>;

/** What to keep of a talk; `undefined` where the leg already says enough. */
export function stageOf(talk: Talk): Stage | undefined {
  switch (talk.at) {
    case 'admitting':
      if (talk.before.at === 'ringing') return undefined;
      return talk.named ? 'named' : 'greeted';
    case 'waiting':
      return talk.named ? 'named' : 'greeted';
    case 'ringing':
    case 'greeted':
    case 'invitation':
    case 'inside':
    case 'gone':
      return undefined;
    default:
      return STAGES[talk.at];
  }
}

/** Where to begin with a leg. `memo` is absent for one that is new and was not answered. */
export function beginningOf(
  identity: CallIdentity,
  memo: Standing | undefined,
): Beginning | undefined {
  const { destination } = identity;
  if (memo?.stage === 'leaving') return { kind: 'leaving' };
  if (identity.replaces !== undefined && memo?.insideSinceMs !== undefined) return { kind: 'back' };
  switch (destination.kind) {
    case 'reception':
      return { kind: 'reception' };
    case 'echo':
      return { kind: 'echo', found: memo !== undefined };
    case 'outbound':
      return called(memo);
    default:
      // Calls without a meeting are the exchange's; one that it has lost is over.
      return 'room' in destination ? meeting(memo) : undefined;
  }
}

/** Only calls that we made carry a memo from the start; nobody else comes in as one of them. */
function called(memo: Standing | undefined): Beginning | undefined {
  if (memo === undefined) return undefined;
  if (memo.stage === 'named') return meeting({ ...memo, admitted: true });
  return { kind: 'invitation', ...(memo.invitedBy !== undefined && { by: memo.invitedBy }) };
}

function meeting(memo: Standing | undefined): Beginning {
  return {
    kind: 'meeting',
    before: beforeOf(memo),
    named: memo?.stage === 'named',
    admitted: memo?.admitted === true,
  };
}

function beforeOf(memo: Standing | undefined): Before {
  if (memo?.lobby !== undefined && !memo.admitted) return { at: 'lobby', told: 0 };
  // What was answered has a stage.
  return memo?.stage === undefined ? { at: 'ringing' } : { at: 'greeted' };
}
