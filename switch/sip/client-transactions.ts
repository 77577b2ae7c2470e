import { randomBytes } from 'node:crypto';
import { unreachable } from '../../protocol/unreachable.ts';
import type {
  ClientEffect,
  ClientInput,
  ClientOptions,
} from '../../protocol/sip/client-transaction.ts';
import type { InviteClient } from '../../protocol/sip/invite-client.ts';
import { startInviteClient, stepInviteClient } from '../../protocol/sip/invite-client.ts';
import type { SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import type { NonInviteClient } from '../../protocol/sip/non-invite-client.ts';
import { startNonInviteClient, stepNonInviteClient } from '../../protocol/sip/non-invite-client.ts';
import { withTopVia } from '../../protocol/sip/request.ts';
import type { Timing } from '../../protocol/sip/timers.ts';
import { answeredKey, clientKey } from '../../protocol/sip/transaction-key.ts';
import { MAGIC_COOKIE } from '../../protocol/sip/via.ts';
import type { ClientListener, ClientTransaction, Destination, Transport } from './endpoint.ts';
import { TransactionRunner } from './transaction-runner.ts';

export interface ClientTransactionsOptions {
  readonly timing: Timing;
  /** Our `host:port` as the Via of that transport has it. */
  sentBy(this: void, transport: Transport): string;
  /** Gives the connection used; reports failure later. */
  send(this: void, request: SipRequest, to: Destination, onError: () => void): number | undefined;
}

type Runner =
  | TransactionRunner<InviteClient, ClientInput, ClientEffect>
  | TransactionRunner<NonInviteClient, ClientInput, ClientEffect>;

/** One transaction under way, and the connection it last used. */
interface Entry {
  readonly runner: Runner;
  connection: number | undefined;
}

/** The transactions that we began. */
export class ClientTransactions {
  readonly #options: ClientTransactionsOptions;
  readonly #entries = new Map<string, Entry>();
  /** Branches are unique by count and unguessable by this, as RFC 3261 section 8.1.1.7 wants them. */
  readonly #prefix = randomBytes(9).toString('base64url').replace(/[-_]/g, 'x');
  #count = 0;

  constructor(options: ClientTransactionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  begin(request: SipRequest, to: Destination, listener: ClientListener): ClientTransaction {
    const sent = this.addressed(request, to.transport);
    const receive = this.#start(sent, to, listener);
    const cancel: ClientTransaction['cancel'] = (headers = []) =>
      receive({ kind: 'cancel', headers });
    return { request: sent, cancel };
  }

  /** The request with a Via of ours on top, its branch new. */
  addressed(request: SipRequest, transport: Transport): SipRequest {
    this.#count += 1;
    const branch = `${MAGIC_COOKIE}${this.#prefix}${this.#count.toString(36)}`;
    const sentBy = this.#options.sentBy(transport);
    const via = `SIP/2.0/${transport.toUpperCase()} ${sentBy};branch=${branch};rport`;
    return withTopVia(request, via);
  }

  /** Hands a response to its transaction; one that belongs to none is dropped. */
  receive(response: SipResponse): void {
    this.#entries.get(answeredKey(response))?.runner.receive({ kind: 'response', response });
  }

  /** Fails what depended on a connection. */
  connectionClosed(connection: number): void {
    for (const { runner, connection: used } of [...this.#entries.values()]) {
      if (used === connection) runner.receive({ kind: 'transport-error' });
    }
  }

  stop(): void {
    for (const { runner } of this.#entries.values()) runner.stop();
    this.#entries.clear();
  }

  #start(
    request: SipRequest,
    to: Destination,
    listener: ClientListener,
  ): (input: ClientInput) => void {
    const key = clientKey(request);
    const options: ClientOptions = {
      reliable: to.transport !== 'udp',
      timing: this.#options.timing,
    };
    const edge = {
      perform: (effect: Exclude<ClientEffect, { kind: 'start-timer' }>) =>
        this.#perform(effect, entry, { to, listener }),
      ended: () => void this.#entries.delete(key),
    };
    const [entry, run] = makeEntry(request, options, edge);
    this.#entries.set(key, entry);
    run();
    return (input) => entry.runner.receive(input);
  }

  #perform(
    effect: Exclude<ClientEffect, { kind: 'start-timer' }>,
    entry: Entry,
    { to, listener }: { readonly to: Destination; readonly listener: ClientListener },
  ): void {
    switch (effect.kind) {
      case 'send':
        entry.connection = this.#options.send(effect.request, to, () =>
          entry.runner.receive({ kind: 'transport-error' }),
        );
        break;
      case 'begin-cancel':
        this.#start(effect.request, to, NOBODY);
        break;
      case 'deliver':
        listener.onResponse(effect.response);
        break;
      case 'fail':
        listener.onFailure(effect.reason);
        break;
      default:
        unreachable(effect);
    }
  }
}

/** The response to a CANCEL tells nothing: the INVITE's own does. */
const NOBODY: ClientListener = { onResponse: () => undefined, onFailure: () => undefined };

interface EntryEdge {
  readonly perform: (effect: Exclude<ClientEffect, { kind: 'start-timer' }>) => void;
  readonly ended: () => void;
}

/** Starts the machine that the method asks for; its first effects wait until the entry is in place. */
function makeEntry(
  request: SipRequest,
  options: ClientOptions,
  edge: EntryEdge,
): readonly [Entry, () => void] {
  if (request.method === 'INVITE') {
    const [tx, effects] = startInviteClient(request, options);
    const runner = new TransactionRunner(tx, { ...edge, step: stepInviteClient });
    return [{ runner, connection: undefined }, () => runner.run(effects)];
  }
  const [tx, effects] = startNonInviteClient(request, options);
  const runner = new TransactionRunner(tx, { ...edge, step: stepNonInviteClient });
  return [{ runner, connection: undefined }, () => runner.run(effects)];
}
