import { unreachable } from '../unreachable.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { createResponse } from './response.ts';
import type {
  ServerEffect,
  ServerInput,
  ServerOptions,
  ServerTimer,
} from './server-transaction.ts';
import { isProvisional, isSuccess } from './status.ts';
import { patience, tryingAfter } from './timers.ts';

/**
 * `accepted` sends the 2xx until its ACK comes; `acknowledged` has it and only absorbs INVITEs still
 * under way. Both are RFC 6026's Accepted, joined with the user's duty of RFC 3261 section 13.3.1.4.
 */
export type InviteServerState =
  'proceeding' | 'accepted' | 'acknowledged' | 'completed' | 'confirmed' | 'terminated';

export interface InviteServer {
  readonly state: InviteServerState;
  readonly request: SipRequest;
  readonly options: ServerOptions;
  /** The last one sent. */
  readonly response: SipResponse | undefined;
  /** How long timer G or the repeated 2xx waits next. */
  readonly retransmitMs: number;
}

type Step = readonly [InviteServer, readonly ServerEffect[]];

/** An INVITE server transaction: RFC 3261 figure 7 with RFC 6026 section 7.1. */
export function startInviteServer(request: SipRequest, options: ServerOptions): Step {
  const ms = tryingAfter(options.timing);
  const retransmitMs = options.timing.t1;
  return [
    { state: 'proceeding', request, options, response: undefined, retransmitMs },
    [{ kind: 'start-timer', timer: 'trying', ms }],
  ];
}

export function stepInviteServer(tx: InviteServer, input: ServerInput): Step {
  switch (input.kind) {
    case 'request':
      return onRetransmission(tx);
    case 'response':
      return onResponse(tx, input.response);
    case 'ack':
      return tx.state === 'completed' ? onAck(tx) : [tx, []];
    case 'answer-ack':
      return tx.state === 'accepted' ? [{ ...tx, state: 'acknowledged' }, []] : [tx, []];
    case 'timer':
      return onTimer(tx, input.timer);
    case 'transport-error':
      return onTransportError(tx);
    default:
      return unreachable(input);
  }
}

function onRetransmission(tx: InviteServer): Step {
  const repeats = tx.state === 'proceeding' || tx.state === 'completed';
  return [tx, repeats && tx.response ? [{ kind: 'send', response: tx.response }] : []];
}

function onResponse(tx: InviteServer, response: SipResponse): Step {
  const send: ServerEffect = { kind: 'send', response };
  const againAccepted = tx.state === 'accepted' && isSuccess(response.status);
  if (tx.state !== 'proceeding') return [tx, againAccepted ? [send] : []];
  if (isProvisional(response.status)) return [{ ...tx, response }, [send]];
  return isSuccess(response.status) ? accept(tx, response) : refuse(tx, response);
}

function accept(tx: InviteServer, response: SipResponse): Step {
  const { timing } = tx.options;
  return [
    { ...tx, state: 'accepted', response, retransmitMs: timing.t1 },
    [
      { kind: 'send', response },
      { kind: 'start-timer', timer: 'answer', ms: timing.t1 },
      { kind: 'start-timer', timer: 'L', ms: patience(timing) },
    ],
  ];
}

function refuse(tx: InviteServer, response: SipResponse): Step {
  const { timing, reliable } = tx.options;
  const effects: ServerEffect[] = [{ kind: 'send', response }];
  if (!reliable) effects.push({ kind: 'start-timer', timer: 'G', ms: timing.t1 });
  effects.push({ kind: 'start-timer', timer: 'H', ms: patience(timing) });
  return [{ ...tx, state: 'completed', response, retransmitMs: timing.t1 }, effects];
}

function onAck(tx: InviteServer): Step {
  const { reliable, timing } = tx.options;
  if (reliable) return [{ ...tx, state: 'terminated' }, []];
  return [{ ...tx, state: 'confirmed' }, [{ kind: 'start-timer', timer: 'I', ms: timing.t4 }]];
}

function onTimer(tx: InviteServer, timer: ServerTimer): Step {
  switch (timer) {
    case 'trying':
      return onTrying(tx);
    case 'G':
      return tx.state === 'completed' ? repeat(tx, 'G') : [tx, []];
    case 'answer':
      return tx.state === 'accepted' ? repeat(tx, 'answer') : [tx, []];
    case 'H':
      return tx.state === 'completed' ? fail(tx, 'timeout') : [tx, []];
    case 'L':
      return tx.state === 'accepted' ? fail(tx, 'timeout') : end(tx, 'acknowledged');
    case 'I':
      return end(tx, 'confirmed');
    default:
      return [tx, []];
  }
}

function onTrying(tx: InviteServer): Step {
  if (tx.state !== 'proceeding' || tx.response) return [tx, []];
  const response = createResponse(tx.request, 100);
  return [{ ...tx, response }, [{ kind: 'send', response }]];
}

function repeat(tx: InviteServer, timer: 'G' | 'answer'): Step {
  if (!tx.response) return [tx, []];
  const ms = Math.min(2 * tx.retransmitMs, tx.options.timing.t2);
  return [
    { ...tx, retransmitMs: ms },
    [
      { kind: 'send', response: tx.response },
      { kind: 'start-timer', timer, ms },
    ],
  ];
}

/** Only a failure has nobody left to hear it: a 2xx is sent again, on a new connection, and so may a later answer be. */
function onTransportError(tx: InviteServer): Step {
  return tx.state === 'completed' ? fail(tx, 'transport') : [tx, []];
}

function end(tx: InviteServer, from: InviteServerState): Step {
  return tx.state === from ? [{ ...tx, state: 'terminated' }, []] : [tx, []];
}

function fail(tx: InviteServer, reason: 'timeout' | 'transport'): Step {
  return [{ ...tx, state: 'terminated' }, [{ kind: 'fail', reason }]];
}
