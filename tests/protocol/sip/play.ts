import type { ClientEffect, ClientInput } from '../../../protocol/sip/client-transaction.ts';
import type { SipRequest, SipResponse } from '../../../protocol/sip/message.ts';
import { createRequest, withTopVia } from '../../../protocol/sip/request.ts';
import { createResponse } from '../../../protocol/sip/response.ts';
import type { ServerEffect, ServerInput } from '../../../protocol/sip/server-transaction.ts';

/** A machine on a virtual clock: what it did, and when, in milliseconds. */
export interface Run {
  readonly did: readonly { readonly atMs: number; readonly what: string }[];
  readonly state: string;
}

type Effect = ClientEffect | ServerEffect;
type Input = ClientInput | ServerInput;

interface Machine<Tx, E, I> {
  readonly start: readonly [Tx, readonly E[]];
  step(this: void, tx: Tx, input: I): readonly [Tx, readonly E[]];
}

/** Plays a machine for two minutes, feeding it inputs at given times and its own timers when due. */
export function play<Tx extends { readonly state: string }, E extends Effect, I extends Input>(
  { start, step }: Machine<Tx, E, I>,
  script: readonly (readonly [atMs: number, input: I])[] = [],
): Run {
  const did: { atMs: number; what: string }[] = [];
  let due: { atMs: number; input: I; timer?: string }[] = script.map(([atMs, input]) => ({
    atMs,
    input,
  }));
  let [tx, effects] = start;
  let now = 0;
  const perform = () => {
    for (const effect of effects) {
      if (effect.kind === 'start-timer') {
        const { timer, ms } = effect;
        due = due.filter((each) => each.timer !== timer);
        due.push({ atMs: now + ms, input: { kind: 'timer', timer } as I, timer });
      } else did.push({ atMs: now, what: describe(effect) });
    }
  };
  perform();
  while (due.length > 0 && tx.state !== 'terminated') {
    due.sort((a, b) => a.atMs - b.atMs);
    const next = due.shift()!;
    now = next.atMs;
    if (now > 120_000) break;
    [tx, effects] = step(tx, next.input);
    perform();
  }
  if (tx.state === 'terminated') did.push({ atMs: now, what: 'end' });
  return { did, state: tx.state };
}

/** When a run did something. */
export function times(run: Run, what: string): number[] {
  return run.did.filter((each) => each.what === what).map((each) => each.atMs);
}

function describe(effect: Effect): string {
  switch (effect.kind) {
    case 'send':
      return 'request' in effect
        ? `send ${effect.request.method}`
        : `send ${effect.response.status}`;
    case 'deliver':
      return `deliver ${effect.response.status}`;
    case 'fail':
      return `fail ${effect.reason}`;
    default:
      return effect.kind;
  }
}

export function someRequest(method: string): SipRequest {
  const request = createRequest({
    method,
    uri: 'sip:7000@192.0.2.1',
    from: '<sip:alice@example.com>;tag=a1',
    to: '<sip:7000@192.0.2.1>',
    callId: 'call-1',
    cseq: 1,
    routes: ['<sip:proxy.example.com;lr>'],
  });
  return withTopVia(request, 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKx;rport');
}

export function answer(method: string, status: number): SipResponse {
  return createResponse(someRequest(method), status, { toTag: 'b1' });
}

export function response(
  method: string,
  status: number,
): { kind: 'response'; response: SipResponse } {
  return { kind: 'response', response: answer(method, status) };
}
