import { unreachable } from '../unreachable.ts';
import type { SipRequest, SipResponse } from './message.ts';
import type {
  ServerEffect,
  ServerInput,
  ServerOptions,
  ServerTimer,
} from './server-transaction.ts';
import { isProvisional } from './status.ts';
import { patience } from './timers.ts';

export type NonInviteServerState = 'trying' | 'proceeding' | 'completed' | 'terminated';

export interface NonInviteServer {
  readonly state: NonInviteServerState;
  readonly request: SipRequest;
  readonly options: ServerOptions;
  /** The last one sent. */
  readonly response: SipResponse | undefined;
}

type Step = readonly [NonInviteServer, readonly ServerEffect[]];

/**
 * A non-INVITE server transaction: RFC 3261 section 17.2.2, figure 8. A user that never answers is
 * given up on after 64*T1, when the client no longer listens (RFC 4320 section 4.2).
 */
export function startNonInviteServer(request: SipRequest, options: ServerOptions): Step {
  const ms = patience(options.timing);
  return [
    { state: 'trying', request, options, response: undefined },
    [{ kind: 'start-timer', timer: 'unanswered', ms }],
  ];
}

export function stepNonInviteServer(tx: NonInviteServer, input: ServerInput): Step {
  const waiting = tx.state === 'trying' || tx.state === 'proceeding';
  switch (input.kind) {
    case 'request':
      return [tx, tx.response ? [{ kind: 'send', response: tx.response }] : []];
    case 'response':
      return waiting ? onResponse(tx, input.response) : [tx, []];
    case 'timer':
      return onTimer(tx, input.timer, waiting);
    case 'transport-error':
      return tx.state === 'terminated' ? [tx, []] : fail(tx, 'transport');
    case 'ack':
    case 'answer-ack':
      return [tx, []];
    default:
      return unreachable(input);
  }
}

function onResponse(tx: NonInviteServer, response: SipResponse): Step {
  const send: ServerEffect = { kind: 'send', response };
  if (isProvisional(response.status)) return [{ ...tx, state: 'proceeding', response }, [send]];
  if (tx.options.reliable) return [{ ...tx, state: 'terminated', response }, [send]];
  const ms = patience(tx.options.timing);
  return [{ ...tx, state: 'completed', response }, [send, { kind: 'start-timer', timer: 'J', ms }]];
}

function onTimer(tx: NonInviteServer, timer: ServerTimer, waiting: boolean): Step {
  if (timer === 'J' && tx.state === 'completed') return [{ ...tx, state: 'terminated' }, []];
  return timer === 'unanswered' && waiting ? fail(tx, 'timeout') : [tx, []];
}

function fail(tx: NonInviteServer, reason: 'timeout' | 'transport'): Step {
  return [{ ...tx, state: 'terminated' }, [{ kind: 'fail', reason }]];
}
