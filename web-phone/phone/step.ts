import type { SoftphoneGrant, TicketView } from '../../protocol/http/views.ts';
import type { LeaveReason } from '../../protocol/room/event.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { CallEvent } from './phone.ts';
import type {
  FormerCall,
  LeftWhy,
  PersonInput,
  PhoneInput,
  PhoneState,
  PhoneStep,
  WorldInput,
} from './state.ts';
import { mayPass, sipTrouble, trouble } from './trouble.ts';
import type { Trouble, TroubleKind } from './trouble.ts';

/** How long a call may ring before we say that nobody answers. */
export const PATIENCE_MS = 15_000;
/** … where we were in the meeting before: a server that took us once answers soon, or another try will do. */
const RETURN_PATIENCE_MS = 6_000;
/** Waits between attempts to return: quick ones for a minute, then every five seconds for five in all. */
const FIRST_WAITS_MS = [0, 300, 1_000];
const QUICK_WAIT_MS = 1_500;
const QUICK_ATTEMPTS = 40;
const SLOW_WAIT_MS = 5_000;
const MOST_ATTEMPTS = 88;
/** A call that brought nothing so soon after the first answer never will: something keeps its packets out. */
const FIRST_MEDIA_MS = 15_000;
/** A server that does not answer is asked again so soon. */
const PROBE_AGAIN_MS = 500;

/** One step of the softphone. What does not fit the state, such as a late event, changes nothing. */
export function step(state: PhoneState, input: PhoneInput): PhoneStep {
  switch (input.kind) {
    case 'retry':
    case 'join':
    case 'resume':
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
    case 'resume':
      return onResume(state);
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
      return onTicket(input);
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
    case 'patience-over':
      return onPatienceOver(state);
    default:
      return onNetwork(state, input);
  }
}

function onNetwork(
  state: PhoneState,
  input: WorldInput & { kind: 'redial-due' | 'online' | 'probed' },
): PhoneStep {
  switch (input.kind) {
    case 'redial-due':
      return onRedial(state, input.attempt);
    case 'online':
      return hurry(state);
    case 'probed':
      return onProbed(state, input.reached);
    default:
      return unreachable(input);
  }
}

/** Who was in the call a moment ago, in this tab, goes back without a click. */
function onTicket({ ticket, former }: WorldInput & { kind: 'ticket' }): PhoneStep {
  if (former === undefined) return [{ kind: 'ready', ticket }, []];
  if (former.kind === 'fresh') return comeBack(ticket, former);
  return [{ kind: 'ready', ticket, former }, []];
}

function onResume(state: PhoneState): PhoneStep {
  return state.kind === 'ready' && state.former
    ? comeBack(state.ticket, state.former)
    : [state, []];
}

function comeBack(ticket: TicketView, { name, sinceMs }: FormerCall): PhoneStep {
  return [{ kind: 'returning', ticket, name, sinceMs, attempt: 0 }, [{ kind: 'ask-grant', name }]];
}

function onRetry(state: PhoneState): PhoneStep {
  if (state.kind === 'closed') return [{ kind: 'loading' }, [{ kind: 'ask-ticket' }]];
  return hurry(state);
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
      {
        kind: 'start-patience',
        ms: state.kind === 'joining' ? PATIENCE_MS : RETURN_PATIENCE_MS,
      },
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
  if (attempt > MOST_ATTEMPTS) return [left(state, 'connection-lost'), [{ kind: 'close-feed' }]];
  const ms = waitMs(attempt);
  return [{ ...waiting(state, attempt), trouble: why }, [{ kind: 'redial-after', ms, attempt }]];
}

function waitMs(attempt: number): number {
  return FIRST_WAITS_MS[attempt] ?? (attempt <= QUICK_ATTEMPTS ? QUICK_WAIT_MS : SLOW_WAIT_MS);
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
      return onLine(state, event.line);
    case 'dead':
      return onDead(state);
    case 'blocked':
      return onBlocked(state, nowMs, event.relay ? 'relay-refused' : 'network-blocked');
    case 'signalling-lost':
      return goBack(state);
    default:
      return unreachable(event);
  }
}

function onLine(state: PhoneState, line: 'good' | 'weak'): PhoneStep {
  if (state.kind !== 'talking') return [state, []];
  const { probing, ...rest } = state;
  return [{ ...rest, line, ...(probing && line === 'weak' && { probing }) }, []];
}

/**
 * While the server cannot be reached either, the call is the best that we have: once the network is back
 * its sound is as well. A server that answers beside a dead call is called anew.
 */
function onDead(state: PhoneState): PhoneStep {
  if (state.kind !== 'talking' || state.probing) return [state, []];
  return [{ ...state, line: 'weak', probing: true }, [{ kind: 'probe', afterMs: 0 }]];
}

function onProbed(state: PhoneState, reached: boolean): PhoneStep {
  if (state.kind !== 'talking' || !state.probing) return [state, []];
  return reached ? start(state) : [state, [{ kind: 'probe', afterMs: PROBE_AGAIN_MS }]];
}

/** SIP gets through and sound does not. */
function onBlocked(state: PhoneState, nowMs: number, why: TroubleKind): PhoneStep {
  const isFirst = state.kind === 'talking' && nowMs - state.sinceMs <= FIRST_MEDIA_MS;
  if (state.kind !== 'joining' && !isFirst) return goBack(state);
  return [
    { kind: 'ready', ticket: state.ticket, trouble: trouble(why) },
    [{ kind: 'hang-up' }, { kind: 'close-feed' }],
  ];
}

function onAnswered(state: PhoneState, nowMs: number): PhoneStep {
  if ((state.kind !== 'joining' && state.kind !== 'returning') || !state.grant) return [state, []];
  const { ticket, name, grant } = state;
  const sinceMs = state.kind === 'returning' ? state.sinceMs : nowMs;
  return [{ kind: 'talking', ticket, name, grant, sinceMs, line: 'good' }, []];
}

function onEnded(state: PhoneState): PhoneStep {
  // The switch heard nothing of us for too long.
  if (state.kind === 'talking' && state.line === 'weak') return start(state);
  if (state.kind === 'talking')
    return [left(state, 'hung-up'), [{ kind: 'close-feed-soon' }, { kind: 'ask-whether-banned' }]];
  return onFailed(state, trouble('call-failed'));
}

/** The BYE and the feed's word travel apart: whichever comes first, the feed's reason stands. */
function onOwnLegLeft(state: PhoneState, reason: LeaveReason): PhoneStep {
  // To another room: the call goes on.
  if (reason === 'moved') return [state, []];
  // Ours took the place of another, or another of ours: only a BYE says so.
  if (reason === 'replaced' && state.kind !== 'left') return [state, []];
  if (state.kind === 'left' && state.why === 'hung-up') {
    if (reason === 'connection-lost') return start(state);
    return [{ ...state, why: reason }, []];
  }
  if (state.kind === 'returning') return onPutOut(state, reason);
  if (state.kind !== 'talking') return [state, []];
  if (reason === 'connection-lost') return goBack(state);
  if (reason === 'hung-up') return [state, []];
  const end = [{ kind: 'hang-up' }, { kind: 'close-feed' }] as const;
  if (reason !== 'removed') return [left(state, reason), end];
  return [left(state, reason), [...end, { kind: 'ask-whether-banned' }]];
}

/** On the way back we hear that we may not be there any more. */
function onPutOut(state: Attendance & { kind: 'returning' }, reason: LeaveReason): PhoneStep {
  if (reason !== 'removed' && reason !== 'refused' && reason !== 'meeting-ended')
    return [state, []];
  return [left(state, reason), [{ kind: 'hang-up' }, { kind: 'close-feed' }]];
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

function onRedial(state: PhoneState, attempt: number): PhoneStep {
  if (state.kind !== 'returning' || state.grant || attempt !== state.attempt) return [state, []];
  return [state, [{ kind: 'ask-grant', name: state.name }]];
}

/** Now, and not when the timer says; one number further, so that it finds itself outdated. */
function hurry(state: PhoneState): PhoneStep {
  if (state.kind !== 'returning' || state.grant) return [state, []];
  const next = { ...state, attempt: state.attempt + 1 };
  return [next, [{ kind: 'ask-grant', name: state.name }]];
}

function onPatienceOver(state: PhoneState): PhoneStep {
  if ((state.kind !== 'joining' && state.kind !== 'returning') || !state.grant) return [state, []];
  return goBack(state);
}

/** The states that have been in the meeting. */
type Attendance = PhoneState & { kind: 'talking' | 'returning' | 'left' };

function waiting(
  { ticket, name, sinceMs }: Attendance,
  attempt: number,
): PhoneState & { kind: 'returning' } {
  return { kind: 'returning', ticket, name, sinceMs, attempt };
}

function left({ ticket, name, sinceMs }: Attendance, why: LeftWhy): PhoneState {
  return { kind: 'left', ticket, name, why, sinceMs };
}
