/** What `play_and_get_digits` was asked (mod_dptools.c, switch_ivr_play_say.c). */
export interface DigitRequest {
  readonly minDigits: number;
  readonly maxDigits: number;
  readonly tries: number;
  /** For the first digit. */
  readonly timeoutMs: number;
  /** Between digits. */
  readonly digitTimeoutMs: number;
  /** Each ends the input; `=` in front demands one; `+` before one keeps it in the digits. */
  readonly terminators: string;
  readonly prompt: string;
  readonly badInput: string;
  readonly variable: string;
  /** Empty: anything will do. */
  readonly pattern: string;
}

/** Where one asking stands. */
export interface Collecting {
  readonly request: DigitRequest;
  readonly stage: 'prompting' | 'waiting' | 'correcting' | 'over';
  readonly digits: string;
  /** Typed while the correction played; it belongs to the next try. */
  readonly ahead: string;
  readonly triesLeft: number;
  /** Rises with every wait, so that a timer of an earlier one is known as late. */
  readonly wait: number;
}

export type CollectInput =
  | { readonly kind: 'sound-over' }
  /** A controller breaks the sound off. */
  | { readonly kind: 'break' }
  /** The sound cannot be played. */
  | { readonly kind: 'no-sound' }
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'timeout'; readonly wait: number };

export type CollectEffect =
  | { readonly kind: 'play'; readonly file: string }
  | { readonly kind: 'stop-sound' }
  | { readonly kind: 'wait'; readonly wait: number; readonly ms: number }
  | { readonly kind: 'set'; readonly name: string; readonly value: string | undefined };

export type CollectStep = readonly [Collecting, readonly CollectEffect[]];

/** How one try ended: FreeSWITCH's status of `switch_ivr_read`. */
type ReadStatus = 'success' | 'timeout' | 'too-small';

const MAX_BUFFER = 128;

/** Begins to ask. */
export function startCollecting(request: DigitRequest): CollectStep {
  const fresh: Collecting = {
    request,
    stage: 'over',
    digits: '',
    ahead: '',
    triesLeft: request.tries,
    wait: 0,
  };
  const clear: CollectEffect[] =
    request.pattern !== '' && request.variable !== ''
      ? [{ kind: 'set', name: `${request.variable}_invalid`, value: undefined }]
      : [];
  const [state, effects] = nextTry(fresh);
  return [state, [...clear, ...effects]];
}

export function stepCollecting(state: Collecting, input: CollectInput): CollectStep {
  switch (input.kind) {
    case 'digit':
      return onDigit(state, input.digit);
    case 'sound-over':
      if (state.stage === 'prompting') return startWaiting(state);
      return state.stage === 'correcting' ? tryAgain(state) : [state, []];
    case 'break':
      return onBreak(state);
    case 'no-sound':
      // FreeSWITCH gives such a try up before it listens.
      return state.stage === 'prompting' ? correct(state, []) : tryAgain(state);
    case 'timeout':
      if (state.stage !== 'waiting' || input.wait !== state.wait) return [state, []];
      return endTry(state, 'timeout', undefined);
  }
}

function nextTry(state: Collecting): CollectStep {
  const { request } = state;
  if (state.triesLeft <= 0) return [{ ...state, stage: 'over', digits: '' }, []];
  const clear: CollectEffect[] = [{ kind: 'set', name: 'read_result', value: undefined }];
  if (request.variable !== '')
    clear.push({ kind: 'set', name: request.variable, value: undefined });
  const begun: Collecting = { ...state, stage: 'prompting', digits: '' };
  if (request.prompt !== '' && request.prompt !== 'silence') {
    return [begun, [...clear, { kind: 'play', file: request.prompt }]];
  }
  const [waiting, effects] = startWaiting(begun);
  return [waiting, [...clear, ...effects]];
}

function tryAgain(state: Collecting): CollectStep {
  let [next, effects] = nextTry({ ...state, ahead: '' });
  for (const digit of state.ahead) {
    const [after, more] = onDigit(next, digit);
    next = after;
    effects = [...effects, ...more];
  }
  return [next, effects];
}

function onDigit(state: Collecting, digit: string): CollectStep {
  if (state.stage === 'over') return [state, []];
  if (state.stage === 'correcting') return [{ ...state, ahead: state.ahead + digit }, []];
  const cut: CollectEffect[] = state.stage === 'prompting' ? [{ kind: 'stop-sound' }] : [];
  const [next, effects] = takeDigit(state, digit);
  return [next, [...cut, ...effects]];
}

/** Only sounds can be broken off; the waiting for digits cannot. */
function onBreak(state: Collecting): CollectStep {
  if (state.stage !== 'prompting' && state.stage !== 'correcting') return [state, []];
  const [next, effects] = state.stage === 'prompting' ? startWaiting(state) : tryAgain(state);
  return [next, [{ kind: 'stop-sound' }, ...effects]];
}

function takeDigit(state: Collecting, digit: string): CollectStep {
  const { terminators, maxDigits } = state.request;
  if (terminators.includes(digit)) return endTry(state, 'success', digit);
  const digits = state.digits + digit;
  const next = { ...state, digits };
  if (digits.length >= maxDigits || digits.length >= MAX_BUFFER - 1) {
    return endTry(next, 'success', undefined);
  }
  return startWaiting(next);
}

function startWaiting(state: Collecting): CollectStep {
  const { timeoutMs, digitTimeoutMs } = state.request;
  const wait = state.wait + 1;
  const ms = state.digits === '' ? timeoutMs : digitTimeoutMs;
  return [{ ...state, stage: 'waiting', wait }, [{ kind: 'wait', wait, ms }]];
}

function endTry(
  state: Collecting,
  how: 'success' | 'timeout',
  terminator: string | undefined,
): CollectStep {
  const { request } = state;
  const kept = terminator !== undefined && request.terminators.includes(`+${terminator}`);
  const digits = kept ? state.digits + terminator : state.digits;
  const status = readStatus(request, how, digits, terminator);
  const effects: CollectEffect[] = [];
  if (terminator !== undefined) {
    effects.push({ kind: 'set', name: 'read_terminator_used', value: terminator });
  }
  const result = status === 'too-small' ? 'failure' : status;
  effects.push({ kind: 'set', name: 'read_result', value: result });
  if (request.variable !== '' && digits !== '') {
    effects.push({ kind: 'set', name: request.variable, value: digits });
  }
  const [next, judged] = judge({ ...state, digits }, status, terminator);
  return [next, [...effects, ...judged]];
}

function readStatus(
  request: DigitRequest,
  how: 'success' | 'timeout',
  digits: string,
  terminator: string | undefined,
): ReadStatus {
  if (terminator === undefined && request.terminators.startsWith('=')) return 'too-small';
  return digits.length < request.minDigits ? 'too-small' : how;
}

function judge(state: Collecting, status: ReadStatus, terminator: string | undefined): CollectStep {
  const { request, digits } = state;
  const over: Collecting = { ...state, stage: 'over' };
  if (request.minDigits === 0 && digits === '' && terminator !== undefined) return [over, []];
  if (status !== 'too-small' && digits !== '') {
    if (request.pattern === '' || matches(request.pattern, digits)) return [over, []];
    return correct(state, [
      { kind: 'set', name: request.variable, value: undefined },
      { kind: 'set', name: `${request.variable}_invalid`, value: digits },
    ]);
  }
  return correct(state, []);
}

function correct(state: Collecting, effects: readonly CollectEffect[]): CollectStep {
  const next: Collecting = { ...state, stage: 'correcting', triesLeft: state.triesLeft - 1 };
  const { badInput } = state.request;
  if (badInput !== '' && badInput !== 'silence') {
    return [next, [...effects, { kind: 'play', file: badInput }]];
  }
  const [again, more] = tryAgain(next);
  return [again, [...effects, ...more]];
}

function matches(pattern: string, digits: string): boolean {
  try {
    return new RegExp(pattern).test(digits);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
