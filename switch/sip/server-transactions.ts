import { unreachable } from '../../protocol/unreachable.ts';
import { tagOf } from '../../protocol/sip/address.ts';
import type { InviteServer } from '../../protocol/sip/invite-server.ts';
import { startInviteServer, stepInviteServer } from '../../protocol/sip/invite-server.ts';
import type { SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import type { NonInviteServer } from '../../protocol/sip/non-invite-server.ts';
import { startNonInviteServer, stepNonInviteServer } from '../../protocol/sip/non-invite-server.ts';
import { createResponse, isAnswer } from '../../protocol/sip/response.ts';
import type {
  ServerEffect,
  ServerInput,
  ServerOptions,
} from '../../protocol/sip/server-transaction.ts';
import type { Timing } from '../../protocol/sip/timers.ts';
import { answerKey, cancelledKey, serverKey } from '../../protocol/sip/transaction-key.ts';
import type { Via } from '../../protocol/sip/via.ts';
import type { EndpointListener, Flow, ServerTransaction } from './endpoint.ts';
import { TransactionRunner } from './transaction-runner.ts';

/** A request as it came in, its source marked in its topmost Via. */
export interface Arrival {
  readonly request: SipRequest;
  /** The topmost Via as it stood. */
  readonly via: Via;
  readonly flow: Flow;
}

export interface ServerTransactionsOptions {
  readonly timing: Timing;
  /** How many may live at once. */
  readonly limit: number;
  /** Sends a response back to where its request came from; reports failure later. */
  send(this: void, response: SipResponse, arrival: Arrival, onError: () => void): void;
  newTag(this: void): string;
}

type Runner =
  | TransactionRunner<InviteServer, ServerInput, ServerEffect>
  | TransactionRunner<NonInviteServer, ServerInput, ServerEffect>;

type Act = Exclude<ServerEffect, { kind: 'start-timer' }>;

interface Entry {
  readonly runner: Runner;
  readonly transaction: ServerTransaction;
  /** Where the ACK to its 2xx finds it. */
  answer: string | undefined;
}

/** The transactions that peers began. */
export class ServerTransactions {
  readonly #options: ServerTransactionsOptions;
  readonly #listener: EndpointListener;
  readonly #entries = new Map<string, Entry>();
  readonly #answered = new Map<string, Entry>();

  constructor(options: ServerTransactionsOptions, listener: EndpointListener) {
    this.#options = options;
    this.#listener = listener;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Takes a request: absorbs it where it came before, else begins a transaction for it. */
  receive(arrival: Arrival): void {
    const { request, via } = arrival;
    if (request.method === 'ACK') return this.#onAck(arrival);
    const key = serverKey(request, via);
    const known = this.#entries.get(key);
    if (known) known.runner.receive({ kind: 'request' });
    else if (request.method === 'CANCEL') this.#onCancel(key, arrival);
    else if (this.#entries.size >= this.#options.limit) this.#refuseForLoad(arrival);
    else this.#listener.onRequest(this.#begin(key, arrival).transaction);
  }

  stop(): void {
    for (const { runner } of this.#entries.values()) runner.stop();
    this.#entries.clear();
    this.#answered.clear();
  }

  #onAck({ request, via, flow }: Arrival): void {
    const failed = this.#entries.get(serverKey(request, via));
    if (failed && failed.runner.tx.state !== 'accepted') {
      failed.runner.receive({ kind: 'ack' });
      return;
    }
    const answered = this.#answered.get(answerKey(request));
    // The ACK to a repeated 2xx says nothing new.
    if (answered && answered.runner.tx.state !== 'accepted') return;
    answered?.runner.receive({ kind: 'answer-ack' });
    this.#listener.onAck(request, flow);
  }

  #onCancel(key: string, arrival: Arrival): void {
    const { request, via } = arrival;
    const invite = this.#entries.get(cancelledKey(request, via));
    const { transaction } = this.#begin(key, arrival);
    const given = header(invite?.runner.tx.response ?? request, 'To') ?? '';
    const toTag = tagOf(given) ?? this.#options.newTag();
    transaction.respond(createResponse(request, invite ? 200 : 481, { toTag }));
    if (invite?.runner.tx.state === 'proceeding') {
      this.#listener.onCancel(invite.transaction, request);
    }
  }

  #refuseForLoad(arrival: Arrival): void {
    const headers = [{ name: 'Retry-After', value: '5' }];
    const toTag = this.#options.newTag();
    const response = createResponse(arrival.request, 503, { toTag, headers });
    this.#options.send(response, arrival, () => undefined);
  }

  #begin(key: string, arrival: Arrival): Entry {
    const options: ServerOptions = {
      reliable: arrival.flow.transport !== 'udp',
      timing: this.#options.timing,
    };
    const edge = {
      perform: (effect: Act) => this.#perform(effect, entry, arrival),
      ended: () => this.#forget(key, entry),
    };
    const [runner, run] = makeRunner(arrival.request, options, edge);
    const transaction: ServerTransaction = {
      request: arrival.request,
      flow: arrival.flow,
      respond: (response) => this.#respond(entry, response),
    };
    const entry: Entry = { runner, transaction, answer: undefined };
    this.#entries.set(key, entry);
    run();
    return entry;
  }

  #respond(entry: Entry, response: SipResponse): void {
    if (entry.answer === undefined && isAnswer(response)) {
      entry.answer = answerKey(response);
      this.#answered.set(entry.answer, entry);
    }
    entry.runner.receive({ kind: 'response', response });
  }

  #perform(effect: Act, entry: Entry, arrival: Arrival): void {
    switch (effect.kind) {
      case 'send':
        this.#options.send(effect.response, arrival, () =>
          entry.runner.receive({ kind: 'transport-error' }),
        );
        break;
      case 'fail':
        this.#listener.onTransactionTimeout(entry.transaction);
        break;
      default:
        unreachable(effect);
    }
  }

  #forget(key: string, entry: Entry): void {
    this.#entries.delete(key);
    if (entry.answer !== undefined) this.#answered.delete(entry.answer);
  }
}

interface Edge {
  readonly perform: (effect: Act) => void;
  readonly ended: () => void;
}

/** Starts the machine that the method asks for; its first effects wait until the entry is in place. */
function makeRunner(
  request: SipRequest,
  options: ServerOptions,
  edge: Edge,
): readonly [Runner, () => void] {
  if (request.method === 'INVITE') {
    const [tx, effects] = startInviteServer(request, options);
    const runner = new TransactionRunner(tx, { ...edge, step: stepInviteServer });
    return [runner, () => runner.run(effects)];
  }
  const [tx, effects] = startNonInviteServer(request, options);
  const runner = new TransactionRunner(tx, { ...edge, step: stepNonInviteServer });
  return [runner, () => runner.run(effects)];
}
