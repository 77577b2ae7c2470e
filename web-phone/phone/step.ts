import type { SoftphoneGrant } from '../../protocol/http/views.ts';
import type { LeaveReason } from '../../protocol/room/event.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { CallEvent } from './phone.ts';
import type {
  LeftWhy,
  PersonInput,
  PhoneInput,
  PhoneState,
  PhoneStep,
  WorldInput,
} from './state.ts';
import { mayPass, sipTrouble, trouble } from './trouble.ts';
import type { Trouble } from './trouble.ts';

/** How long a call may ring before we say that nobody answers. */
export const PATIENCE_MS = 15_000;
/** Waits between attempts to return: about a minute in all. */
const RETURN_WAITS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 15_000, 20_000];

/** One step of the softphone. What does not fit the state, such as a late event, changes nothing. */
export function step(state: PhoneState, input: PhoneInput): PhoneStep {
  switch (input.kind) {
    case 'retry':
    case 'join':
    case 'no-microphone':
    case 'leave':
      return onPerson(state, input);
    default:
      return onWorld(state, input);
  }
}

function onPerson(state: PhoneState, input: PersonInput): PhoneStep {
  switch (input.kind) {
    case 'retry':
      return onRetry(state);
    case 'join':
      return onJoin(state, input.name);
    case 'no-microphone':
      return onNoMicrophone(state);
    case 'leave':
      return onLeave(state);
    default:
      return unreachable(input);
  }
}

function onWorld(state: PhoneState, input: WorldInput): PhoneStep {
  switch (input.kind) {
    case 'ticket':
      return [{ kind: 'ready', ticket: input.ticket }, []];
    case 'no-ticket':
      return [{ kind: 'closed', trouble: input.trouble }, []];
    case 'granted':
      return onGranted(state, input.grant);
    case 'not-granted':
      return onFailed(state, input.trouble);
    case 'call':
      return onCall(state, input.event, input.nowMs);
    case 'own-leg-left':
      return onOwnLegLeft(state, input.reason);
    case 'banned':
      return state.kind === 'left' ? [{ ...state, why: 'banned' }, []] : [state, []];
    case 'redial-due':
    case 'online':
      return onRedial(state, input);
    case 'patience-over':
      return onPatienceOver(state);
    default:
      return unreachable(input);
  }
}

function onRetry(state: PhoneState): PhoneStep {
  return state.kind === 'closed' ? [{ kind: 'loading' }, [{ kind: 'ask-ticket' }]] : [state, []];
}

function onNoMicrophone(state: PhoneState): PhoneStep {
  return state.kind === 'left' ? [{ kind: 'ready', ticket: state.ticket }, []] : [state, []];
}

function onJoin(state: PhoneState, name: string): PhoneStep {
  if (state.kind !== 'ready' && state.kind !== 'left') return [state, []];
  return [{ kind: 'joining', ticket: state.ticket, name }, [{ kind: 'ask-grant', name }]];
}

function onLeave(state: PhoneState): PhoneStep {
  const end = [{ kind: 'hang-up' }, { kind: 'close-feed' }] as const;
  switch (state.kind) {
    case 'joining':
      return [{ kind: 'ready', ticket: state.ticket }, end];
    case 'talking':
    case 'returning':
      return [left(state, 'by-choice'), end];
    case 'loading':
    case 'closed':
    case 'ready':
    case 'left':
      return [state, []];
    default:
      return unreachable(state);
  }
}

function onGranted(state: PhoneState, grant: SoftphoneGrant): PhoneStep {
  if ((state.kind !== 'joining' && state.kind !== 'returning') || state.grant) return [state, []];
  return [
    { ...state, grant },
    [
      { kind: 'open-feed', grant },
      { kind: 'call', grant },
      { kind: 'start-patience', ms: PATIENCE_MS },
    ],
  ];
}

/** A first attempt goes back to the door with the reason; a return is tried again where it may help. */
function onFailed(state: PhoneState, why: Trouble): PhoneStep {
  if (state.kind === 'joining')
    return [{ kind: 'ready', ticket: state.ticket, trouble: why }, [{ kind: 'close-feed' }]];
  if (state.kind !== 'returning') return [state, []];
  if (!mayPass(why.kind))
    return [{ kind: 'ready', ticket: state.ticket, trouble: why }, [{ kind: 'close-feed' }]];
  const attempt = state.attempt + 1;
  const ms = RETURN_WAITS_MS[attempt];
  if (ms === undefined) return [left(state, 'connection-lost'), [{ kind: 'close-feed' }]];
  return [waiting(state, attempt), [{ kind: 'redial-after', ms, attempt }]];
}

function onCall(state: PhoneState, event: CallEvent, nowMs: number): PhoneStep {
  switch (event.kind) {
    case 'answered':
      return onAnswered(state, nowMs);
    case 'refused':
      return onFailed(state, sipTrouble(event.status));
    case 'unreachable':
      return onFailed(state, trouble('server-unreachable'));
    case 'ended':
      return event.again === true ? goBack(state) : onEnded(state);
    case 'line':
      if (event.line === 'lost') return goBack(state);
      return state.kind === 'talking' ? [{ ...state, line: event.line }, []] : [state, []];
    case 'signalling-lost':
      return goBack(state);
    default:
      return unreachable(event);
  }
}

function onAnswered(state: PhoneState, nowMs: number): PhoneStep {
  if ((state.kind !== 'joining' && state.kind !== 'returning') || !state.grant) return [state, []];
  const { ticket, name, grant } = state;
  const sinceMs = state.kind === 'returning' ? state.sinceMs : nowMs;
  return [{ kind: 'talking', ticket, name, grant, sinceMs, line: 'good' }, []];
}

function onEnded(state: PhoneState): PhoneStep {
  if (state.kind === 'talking')
    return [left(state, 'hung-up'), [{ kind: 'close-feed-soon' }, { kind: 'ask-whether-banned' }]];
  return onFailed(state, trouble('call-failed'));
}

/** The BYE and the feed's word travel apart: whichever comes first, the feed's reason stands. */
function onOwnLegLeft(state: PhoneState, reason: LeaveReason): PhoneStep {
  // To another room: the call goes on.
  if (reason === 'moved') return [state, []];
  if (state.kind === 'left' && state.why === 'hung-up') {
    if (reason === 'connection-lost') return start(state);
    return [{ ...state, why: reason }, []];
  }
  if (state.kind !== 'talking') return [state, []];
  if (reason === 'connection-lost') return goBack(state);
  if (reason === 'hung-up') return [state, []];
  const end = [{ kind: 'hang-up' }, { kind: 'close-feed' }] as const;
  if (reason !== 'removed') return [left(state, reason), end];
  return [left(state, reason), [...end, { kind: 'ask-whether-banned' }]];
}

function goBack(state: PhoneState): PhoneStep {
  if (state.kind === 'talking') return start(state);
  if (state.kind === 'joining' || state.kind === 'returning') {
    const [next, effects] = onFailed(state, trouble('server-unreachable'));
    return [next, [{ kind: 'hang-up' }, ...effects]];
  }
  return [state, []];
}

function start(state: Attendance): PhoneStep {
  return [waiting(state, 0), [{ kind: 'hang-up' }, { kind: 'redial-after', ms: 0, attempt: 0 }]];
}

function onRedial(
  state: PhoneState,
  input: WorldInput & { kind: 'redial-due' | 'online' },
): PhoneStep {
  if (state.kind !== 'returning' || state.grant) return [state, []];
  if (input.kind === 'redial-due' && input.attempt !== state.attempt) return [state, []];
  // One number further, so that the timer that was running finds itself outdated.
  const attempt = input.kind === 'online' ? state.attempt + 1 : state.attempt;
  return [waiting(state, attempt), [{ kind: 'ask-grant', name: state.name }]];
}

function onPatienceOver(state: PhoneState): PhoneStep {
  if ((state.kind !== 'joining' && state.kind !== 'returning') || !state.grant) return [state, []];
  return goBack(state);
}

/** The states that have been in the meeting. */
type Attendance = PhoneState & { kind: 'talking' | 'returning' | 'left' };

function waiting({ ticket, name, sinceMs }: Attendance, attempt: number): PhoneState {
  return { kind: 'returning', ticket, name, sinceMs, attempt };
}

function left({ ticket, name, sinceMs }: Attendance, why: LeftWhy): PhoneState {
  return { kind: 'left', ticket, name, why, sinceMs };
}
