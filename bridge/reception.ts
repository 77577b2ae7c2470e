import type { CodeResult } from '../protocol/call/admission.ts';
import { unreachable } from '../protocol/unreachable.ts';
import type { Entry, Refusal } from './arrivals.ts';
import type { Prompt } from './prompts.ts';

const TRIES = 3;

type Found = Extract<CodeResult, { kind: 'meeting' }>;

/** One caller's talk with the voice menu. */
export type Reception =
  | { readonly state: 'answering' }
  | { readonly state: 'asking' | 'looking-up'; readonly tries: number }
  | { readonly state: 'saying-wrong'; readonly tries: number }
  | { readonly state: 'admitting'; readonly found: Found }
  | { readonly state: 'welcoming'; readonly found: Found; readonly entry: Entry }
  /** Says its piece, then hangs up. */
  | { readonly state: 'leaving' }
  | { readonly state: 'done' };

export type ReceptionInput =
  /** FreeSWITCH finished what we last told it to do on this leg. */
  | { readonly kind: 'did'; readonly application: string; readonly digits: string }
  | { readonly kind: 'code'; readonly result: CodeResult }
  | { readonly kind: 'admitted'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly why: Refusal };

export type ReceptionEffect =
  | { readonly kind: 'answer' }
  | { readonly kind: 'ask'; readonly prompt: Prompt }
  | { readonly kind: 'say'; readonly prompt: Prompt }
  | { readonly kind: 'look-up'; readonly code: string }
  | { readonly kind: 'admit'; readonly found: Found }
  | { readonly kind: 'join'; readonly found: Found; readonly entry: Entry }
  | { readonly kind: 'hang-up' };

export type ReceptionStep = readonly [Reception, readonly ReceptionEffect[]];

const REFUSAL_PROMPT = {
  full: 'meeting-full',
  locked: 'meeting-locked',
  banned: 'meeting-locked',
  ended: 'meeting-ended',
  unknown: 'meeting-ended',
} as const satisfies Record<Refusal, Prompt>;

export function greet(): ReceptionStep {
  return [{ state: 'answering' }, [{ kind: 'answer' }]];
}

/** The dialogue: code, three tries, and a word with every outcome. Late inputs change nothing. */
export function converse(reception: Reception, input: ReceptionInput): ReceptionStep {
  switch (input.kind) {
    case 'did':
      return whenDone(reception, input);
    case 'code':
      return reception.state === 'looking-up'
        ? whenLookedUp(reception.tries, input.result)
        : [reception, []];
    case 'admitted':
      return reception.state === 'admitting'
        ? [
            { state: 'welcoming', found: reception.found, entry: input.entry },
            [{ kind: 'say', prompt: 'joining' }],
          ]
        : [reception, []];
    case 'refused':
      return reception.state === 'admitting' ? leave(REFUSAL_PROMPT[input.why]) : [reception, []];
    default:
      return unreachable(input);
  }
}

/** The application that each state waits for; the end of another is none of its business. */
const AWAITED: Partial<Record<Reception['state'], string>> = {
  answering: 'answer',
  asking: 'play_and_get_digits',
  'saying-wrong': 'playback',
  welcoming: 'playback',
  leaving: 'playback',
};

function whenDone(
  reception: Reception,
  input: Extract<ReceptionInput, { kind: 'did' }>,
): ReceptionStep {
  if (AWAITED[reception.state] !== input.application) return [reception, []];
  switch (reception.state) {
    case 'answering':
      return ask(0);
    case 'saying-wrong':
      return ask(reception.tries);
    case 'asking':
      return whenTyped(reception.tries, input.digits);
    case 'welcoming':
      return [
        { state: 'done' },
        [{ kind: 'join', found: reception.found, entry: reception.entry }],
      ];
    case 'leaving':
      return [{ state: 'done' }, [{ kind: 'hang-up' }]];
    default:
      return [reception, []];
  }
}

function whenTyped(tries: number, digits: string): ReceptionStep {
  if (!/^\d{1,10}$/.test(digits)) return wrong(tries);
  return [{ state: 'looking-up', tries }, [{ kind: 'look-up', code: digits }]];
}

/** A throttled caller hears the same as one with a wrong code, so that guessing teaches nothing. */
function whenLookedUp(tries: number, result: CodeResult): ReceptionStep {
  if (result.kind !== 'meeting') return wrong(tries);
  return [{ state: 'admitting', found: result }, [{ kind: 'admit', found: result }]];
}

function ask(tries: number): ReceptionStep {
  return [{ state: 'asking', tries }, [{ kind: 'ask', prompt: 'welcome-enter-code' }]];
}

function wrong(tries: number): ReceptionStep {
  if (tries + 1 >= TRIES) return leave('goodbye');
  return [{ state: 'saying-wrong', tries: tries + 1 }, [{ kind: 'say', prompt: 'wrong-code' }]];
}

function leave(prompt: Prompt): ReceptionStep {
  return [{ state: 'leaving' }, [{ kind: 'say', prompt }]];
}
