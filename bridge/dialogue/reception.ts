import type { CodeResult } from '../../protocol/call/admission.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { bid } from './farewell.ts';
import { say, stay } from './talk.ts';
import type { Effect, Input, Patience, Setting, Step, Talk } from './talk.ts';

/** A wrong code and a silence are each one try. */
const TRIES = 3;
/** `*` costs no try, but nobody may keep a line busy with it. */
const ANEW = 10;
const CODE_LENGTH = 10;

type Code = Extract<Talk, { at: 'code' }>;
type LookingUp = Extract<Talk, { at: 'looking-up' }>;

const SLEEP: Effect = { kind: 'let-sleep', timer: 'key' };

/** The voice menu: asks for the code, three times at most. */
export function greet(): Step {
  return ask({ tries: 0, anew: 0 }, { kind: 'welcome-enter-code' });
}

/** `#`, the tenth digit or a pause ends the code; `*` starts over; keys cut the words off. */
export function whileTyping(talk: Code, input: Input, { patience }: Setting): Step {
  switch (input.kind) {
    case 'key':
      return typed(talk, input.key, patience);
    case 'said':
      return talk.typed === '' ? [talk, [wake(patience.firstKeyMs)]] : stay(talk);
    case 'woke':
      return input.timer === 'key' ? paused(talk, patience) : stay(talk);
    case 'again':
      return ask(talk, { kind: 'enter-code-again' });
    default:
      return stay(talk);
  }
}

export function whileLookingUp(talk: LookingUp, input: Input, { patience }: Setting): Step {
  if (input.kind === 'impossible') return bid(patience, { kind: 'try-later' });
  return input.kind === 'code' ? found(talk, input.result, patience) : stay(talk);
}

function typed(talk: Code, key: string, patience: Patience): Step {
  if (key === '*') return startOver(talk, patience);
  if (key === '#') return talk.typed === '' ? stay(talk) : lookUp(talk);
  if (!/^\d$/.test(key)) return stay(talk);
  const next = { ...talk, typed: talk.typed + key };
  if (next.typed.length >= CODE_LENGTH) return lookUp(next);
  const hush: readonly Effect[] = talk.typed === '' ? [{ kind: 'hush' }] : [];
  return [next, [...hush, wake(patience.nextKeyMs)]];
}

function startOver(talk: Code, patience: Patience): Step {
  const anew = talk.anew + 1;
  if (anew > ANEW) return bid(patience, { kind: 'goodbye' });
  return ask({ ...talk, anew }, { kind: 'enter-code-again' });
}

function paused(talk: Code, patience: Patience): Step {
  if (talk.typed !== '') return lookUp(talk);
  const tries = talk.tries + 1;
  if (tries >= TRIES) return bid(patience, { kind: 'goodbye' });
  return ask({ ...talk, tries }, { kind: 'enter-code-again' });
}

/** Cuts the words off also where ten digits came at once. */
function lookUp({ tries, typed }: Code): Step {
  return [{ at: 'looking-up', tries }, [{ kind: 'hush' }, SLEEP, { kind: 'look-up', code: typed }]];
}

/** A throttled caller hears the same as one with a wrong code, so that guessing teaches nothing. */
function found(talk: LookingUp, result: CodeResult, patience: Patience): Step {
  if (result.kind === 'meeting')
    return [
      { at: 'admitting', before: { at: 'greeted' }, admitted: false, named: false, stale: false },
      [
        { kind: 'recognise', found: result },
        { kind: 'admit', admitted: false },
      ],
    ];
  const tries = talk.tries + 1;
  if (tries >= TRIES) return bid(patience, { kind: 'wrong-code' }, { kind: 'goodbye' });
  return ask({ tries, anew: 0 }, { kind: 'wrong-code' }, { kind: 'enter-code-again' });
}

function ask({ tries, anew }: Pick<Code, 'tries' | 'anew'>, ...words: readonly Saying[]): Step {
  return [{ at: 'code', typed: '', tries, anew }, [SLEEP, say(...words)]];
}

function wake(ms: number): Effect {
  return { kind: 'wake-in', timer: 'key', ms };
}
