import type { WhyRefused } from '../../protocol/call/admission.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import type { Cause } from '../to-esl.ts';
import { say, stay } from './talk.ts';
import type { Dismissal, Input, Patience, Setting, Step, Talk } from './talk.ts';

type Dismissed = Extract<Talk, { at: 'dismissed' }>;
type Farewell = Extract<Talk, { at: 'farewell' }>;

/**
 * What a phone is told that dialled a meeting which will not have it, while it still rings. Who is
 * banned is declined for good; a full or locked room may have them later.
 */
export const REFUSAL_CAUSE = {
  full: 'USER_BUSY',
  banned: 'CALL_REJECTED',
  locked: 'NORMAL_UNSPECIFIED',
  unknown: 'UNALLOCATED_NUMBER',
  ended: 'UNALLOCATED_NUMBER',
} as const satisfies Record<WhyRefused, Cause>;

/** The same in words. `unknown` sounds as `ended` does, so that guessing teaches nothing. */
export const REFUSAL_SAYING = {
  full: { kind: 'meeting-full' },
  banned: { kind: 'banned' },
  locked: { kind: 'meeting-locked' },
  unknown: { kind: 'meeting-ended' },
  ended: { kind: 'meeting-ended' },
} as const satisfies Record<WhyRefused, Saying>;

const DISMISSAL_SAYING = {
  removed: { kind: 'removed' },
  banned: { kind: 'removed-and-banned' },
  'meeting-ended': { kind: 'meeting-over' },
} as const satisfies Record<Dismissal, Saying>;

/** Last words, then the end of the call; in any case within `farewellMs`. */
export function bid(patience: Patience, ...says: readonly Saying[]): Step {
  return [
    { at: 'farewell', says },
    [say(...says), { kind: 'wake-in', timer: 'limit', ms: patience.farewellMs }],
  ];
}

/** As `bid` for phones; browsers see why on their screen. */
export function part({ guest, patience }: Setting, ...says: readonly Saying[]): Step {
  return guest.via === 'phone' ? bid(patience, ...says) : end('NORMAL_CLEARING');
}

export function end(cause: Cause): Step {
  return [{ at: 'gone' }, [{ kind: 'hang-up', cause }]];
}

export function whileLeaving(talk: Farewell, input: Input): Step {
  switch (input.kind) {
    case 'said':
      return end('NORMAL_CLEARING');
    case 'woke':
      return input.timer === 'limit' ? end('NORMAL_CLEARING') : stay(talk);
    case 'again':
      return [talk, [say(...talk.says)]];
    default:
      return stay(talk);
  }
}

/** FreeSWITCH parks whom it took out of a room; should it not, they are hung up in silence. */
export function whileDismissed(talk: Dismissed, input: Input, setting: Setting): Step {
  if (input.kind === 'left-room') return part(setting, DISMISSAL_SAYING[talk.why]);
  if (input.kind === 'woke' && input.timer === 'limit') return end('NORMAL_CLEARING');
  return stay(talk);
}

/** In the room they hear it once FreeSWITCH has let them go, elsewhere at once. */
export function dismiss(talk: Talk, why: Dismissal, setting: Setting): Step {
  switch (talk.at) {
    case 'gone':
    case 'farewell':
      return stay(talk);
    case 'inside':
    case 'dismissed':
      return [
        { at: 'dismissed', why },
        [{ kind: 'wake-in', timer: 'limit', ms: setting.patience.dismissMs }],
      ];
    case 'ringing':
      return end('CALL_REJECTED');
    case 'admitting':
      return dismiss(talk.before, why, setting);
    case 'naming':
      return dismiss(talk.then.before, why, setting);
    default:
      return dismissWaiting(talk, why, setting);
  }
}

function dismissWaiting(talk: Talk, why: Dismissal, setting: Setting): Step {
  const [next, effects] = part(setting, DISMISSAL_SAYING[why]);
  const reason = why === 'meeting-ended' ? why : 'removed';
  return talk.at === 'lobby'
    ? [next, [{ kind: 'leave-lobby', reason }, ...effects]]
    : [next, effects];
}
