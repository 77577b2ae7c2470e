import { unreachable } from '../unreachable.ts';
import type {
  ClientEffect,
  ClientInput,
  ClientOptions,
  ClientTimer,
} from './client-transaction.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { isProvisional } from './status.ts';
import { patience } from './timers.ts';

export type NonInviteClientState = 'trying' | 'proceeding' | 'completed' | 'terminated';

export interface NonInviteClient {
  readonly state: NonInviteClientState;
  readonly request: SipRequest;
  readonly options: ClientOptions;
  /** How long timer E waits next. */
  readonly retransmitMs: number;
}

type Step = readonly [NonInviteClient, readonly ClientEffect[]];

/** A non-INVITE client transaction: RFC 3261 section 17.1.2, figure 6. */
export function startNonInviteClient(request: SipRequest, options: ClientOptions): Step {
  const { t1 } = options.timing;
  const effects: ClientEffect[] = [{ kind: 'send', request }];
  if (!options.reliable) effects.push({ kind: 'start-timer', timer: 'E', ms: t1 });
  effects.push({ kind: 'start-timer', timer: 'F', ms: patience(options.timing) });
  return [{ state: 'trying', request, options, retransmitMs: t1 }, effects];
}

export function stepNonInviteClient(tx: NonInviteClient, input: ClientInput): Step {
  const waiting = tx.state === 'trying' || tx.state === 'proceeding';
  switch (input.kind) {
    case 'response':
      return waiting ? onResponse(tx, input.response) : [tx, []];
    case 'timer':
      return onTimer(tx, input.timer, waiting);
    case 'transport-error':
      return waiting ? fail(tx, 'transport') : [{ ...tx, state: 'terminated' }, []];
    case 'cancel':
      return [tx, []];
    default:
      return unreachable(input);
  }
}

function onResponse(tx: NonInviteClient, response: SipResponse): Step {
  const deliver: ClientEffect = { kind: 'deliver', response };
  if (isProvisional(response.status)) return [{ ...tx, state: 'proceeding' }, [deliver]];
  if (tx.options.reliable) return [{ ...tx, state: 'terminated' }, [deliver]];
  const linger: ClientEffect = { kind: 'start-timer', timer: 'K', ms: tx.options.timing.t4 };
  return [{ ...tx, state: 'completed' }, [deliver, linger]];
}

function onTimer(tx: NonInviteClient, timer: ClientTimer, waiting: boolean): Step {
  if (timer === 'K' && tx.state === 'completed') return [{ ...tx, state: 'terminated' }, []];
  if (!waiting) return [tx, []];
  if (timer === 'F') return fail(tx, 'timeout');
  if (timer !== 'E') return [tx, []];
  const { t2 } = tx.options.timing;
  const ms = tx.state === 'trying' ? Math.min(2 * tx.retransmitMs, t2) : t2;
  return [
    { ...tx, retransmitMs: ms },
    [
      { kind: 'send', request: tx.request },
      { kind: 'start-timer', timer: 'E', ms },
    ],
  ];
}

function fail(tx: NonInviteClient, reason: 'timeout' | 'transport'): Step {
  return [{ ...tx, state: 'terminated' }, [{ kind: 'fail', reason }]];
}
