import { unreachable } from '../unreachable.ts';
import type {
  ClientEffect,
  ClientInput,
  ClientOptions,
  ClientTimer,
} from './client-transaction.ts';
import type { SipHeader, SipRequest, SipResponse } from './message.ts';
import { ackForFailure, cancelFor } from './request.ts';
import { isProvisional, isSuccess } from './status.ts';
import { lingerD, patience } from './timers.ts';

export type InviteClientState = 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated';

export interface InviteClient {
  readonly state: InviteClientState;
  readonly request: SipRequest;
  readonly options: ClientOptions;
  /** How long timer A waits next. */
  readonly retransmitMs: number;
  /** A CANCEL waits for the first provisional response. */
  readonly cancel: 'none' | 'wanted' | 'sent';
  /** What the CANCEL says besides. */
  readonly cancelHeaders: readonly SipHeader[];
  /** The ACK that answers a failure however often it comes. */
  readonly ack: SipRequest | undefined;
}

type Step = readonly [InviteClient, readonly ClientEffect[]];

/** An INVITE client transaction: RFC 3261 figure 5 with the Accepted state of RFC 6026 section 7.2. */
export function startInviteClient(request: SipRequest, options: ClientOptions): Step {
  const { t1 } = options.timing;
  const tx: InviteClient = {
    state: 'calling',
    request,
    options,
    retransmitMs: t1,
    cancel: 'none',
    cancelHeaders: [],
    ack: undefined,
  };
  const effects: ClientEffect[] = [{ kind: 'send', request }];
  if (!options.reliable) effects.push({ kind: 'start-timer', timer: 'A', ms: t1 });
  effects.push({ kind: 'start-timer', timer: 'B', ms: patience(options.timing) });
  return [tx, effects];
}

export function stepInviteClient(tx: InviteClient, input: ClientInput): Step {
  switch (input.kind) {
    case 'response':
      return onResponse(tx, input.response);
    case 'timer':
      return onTimer(tx, input.timer);
    case 'cancel':
      return onCancel(tx, input.headers ?? []);
    case 'transport-error':
      return isWaiting(tx) ? fail(tx, 'transport') : [{ ...tx, state: 'terminated' }, []];
    default:
      return unreachable(input);
  }
}

function isWaiting(tx: InviteClient): boolean {
  return tx.state === 'calling' || tx.state === 'proceeding';
}

function onResponse(tx: InviteClient, response: SipResponse): Step {
  const deliver: ClientEffect = { kind: 'deliver', response };
  if (tx.state === 'completed') return onLateFailure(tx, response);
  // Each fork's 2xx, and each repeated one, is the user's to acknowledge.
  if (tx.state === 'accepted') return [tx, isSuccess(response.status) ? [deliver] : []];
  if (!isWaiting(tx)) return [tx, []];
  if (isProvisional(response.status)) return onProvisional(tx, deliver);
  if (isSuccess(response.status)) {
    const ms = patience(tx.options.timing);
    return [{ ...tx, state: 'accepted' }, [deliver, { kind: 'start-timer', timer: 'M', ms }]];
  }
  return onFailureResponse(tx, response);
}

function onProvisional(tx: InviteClient, deliver: ClientEffect): Step {
  const next: InviteClient = { ...tx, state: 'proceeding' };
  if (tx.cancel !== 'wanted') return [next, [deliver]];
  const [cancelled, effects] = sendCancel(next);
  return [cancelled, [deliver, ...effects]];
}

function onFailureResponse(tx: InviteClient, response: SipResponse): Step {
  const ack = ackForFailure(tx.request, response);
  const effects: ClientEffect[] = [
    { kind: 'send', request: ack },
    { kind: 'deliver', response },
  ];
  if (tx.options.reliable) return [{ ...tx, state: 'terminated' }, effects];
  effects.push({ kind: 'start-timer', timer: 'D', ms: lingerD(tx.options.timing) });
  return [{ ...tx, state: 'completed', ack }, effects];
}

function onLateFailure(tx: InviteClient, response: SipResponse): Step {
  if (response.status < 300 || tx.ack === undefined) return [tx, []];
  return [tx, [{ kind: 'send', request: tx.ack }]];
}

function onTimer(tx: InviteClient, timer: ClientTimer): Step {
  if (timer === 'A' && tx.state === 'calling') {
    const ms = 2 * tx.retransmitMs;
    const again: ClientEffect = { kind: 'send', request: tx.request };
    return [{ ...tx, retransmitMs: ms }, [again, { kind: 'start-timer', timer: 'A', ms }]];
  }
  if (timer === 'B' && tx.state === 'calling') return fail(tx, 'timeout');
  if (timer === 'cancelled' && isWaiting(tx)) return fail(tx, 'timeout');
  const ends =
    (timer === 'D' && tx.state === 'completed') || (timer === 'M' && tx.state === 'accepted');
  return ends ? [{ ...tx, state: 'terminated' }, []] : [tx, []];
}

function onCancel(tx: InviteClient, cancelHeaders: readonly SipHeader[]): Step {
  if (!isWaiting(tx) || tx.cancel !== 'none') return [tx, []];
  const next: InviteClient = { ...tx, cancel: 'wanted', cancelHeaders };
  return tx.state === 'proceeding' ? sendCancel(next) : [next, []];
}

function sendCancel(tx: InviteClient): Step {
  const ms = patience(tx.options.timing);
  return [
    { ...tx, cancel: 'sent' },
    [
      { kind: 'begin-cancel', request: cancelFor(tx.request, tx.cancelHeaders) },
      { kind: 'start-timer', timer: 'cancelled', ms },
    ],
  ];
}

function fail(tx: InviteClient, reason: 'timeout' | 'transport'): Step {
  return [{ ...tx, state: 'terminated' }, [{ kind: 'fail', reason }]];
}
