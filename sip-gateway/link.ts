import { tagOf } from '../protocol/sip/address.ts';
import { dialogOfClient, dialogOfServer } from '../protocol/sip/dialog.ts';
import { SipProtocolError } from '../protocol/sip/errors.ts';
import type { SipRequest, SipResponse } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import type { SrfClient, SrfRequest, SrfResponse } from './drachtio-shapes.ts';
import { readMessage, toSrfContent } from './from-drachtio.ts';
import type { Answer } from './incoming.ts';
import { answerWhile, incoming, incomingCall } from './incoming.ts';
import type { Journal, KeptDialog } from './journal.ts';
import { farewell, NO_JOURNAL } from './journal.ts';
import type {
  Attempt,
  AttemptListener,
  Content,
  Incoming,
  IncomingCall,
  Leg,
  LegListener,
  Source,
} from './leg.ts';
import { Sender } from './sender.ts';

/** Whom a link tells of what does not belong to a leg it knows. */
export interface LinkListener {
  onCall(call: IncomingCall): void;
  onRequest(incoming: Incoming): void;
  /** One message could not be dealt with; the others go on. */
  onFault(error: unknown): void;
}

/** A dialog whose end could not be told; with more than its name, also to the peer past drachtio. */
export type Orphan = KeptDialog | { readonly id: string };

/** Methods that drachtio hands out only to those who ask; the others come with their dialog. */
const ROUTED = [
  ...['invite', 'register', 'options', 'message', 'subscribe'],
  ...['notify', 'publish', 'refer', 'info'],
];

/** drachtio replaces this Request-URI by the dialog's remote target. */
const REMOTE_TARGET = 'sip:placeholder';

const NO_CONTENT: Content = {};

/**
 * Calls over one connection to drachtio. Legs are kept here by drachtio's dialog id, not as
 * drachtio-srf Dialogs: those lose a BYE that comes in one TCP segment with the 200, wait for ever
 * after a refused re-INVITE, and take a 100 for the final answer.
 */
export class Link {
  readonly #srf: SrfClient;
  readonly #listener: LinkListener;
  readonly #journal: Journal;
  readonly #legs = new Map<string, LegListener>();
  /** How to end a leg should drachtio be another one by then. */
  readonly #kept = new Map<string, KeptDialog>();
  readonly #sender: Sender;
  readonly #answer: Answer;

  constructor(srf: SrfClient, listener: LinkListener, journal: Journal = NO_JOURNAL) {
    this.#srf = srf;
    this.#listener = listener;
    this.#journal = journal;
    this.#sender = new Sender(srf, {
      onUpdate: (req, res) => this.#inDialog(req, res, () => this.#answer(res, 491)),
      carefully: (act) => this.#carefully(act),
    });
    this.#answer = answerWhile(() => this.#sender.isOpen);
    srf.use((req, res, next) => this.#carefully(() => this.#inDialog(req, res, next), res));
    for (const method of ROUTED) {
      srf.use(method, (req, res) => this.#carefully(() => this.#outside(req, res), res));
    }
  }

  get legCount(): number {
    return this.#legs.size;
  }

  /** The connection is gone: every leg and operation ends. The dialogs that have no end yet. */
  close(): Orphan[] {
    const orphans = [...this.#legs.keys()].map((id) => this.#kept.get(id) ?? { id });
    const listeners = [...this.#legs.values()];
    this.#legs.clear();
    this.#kept.clear();
    this.#sender.close();
    for (const listener of listeners) listener.onEnd();
    return orphans;
  }

  /** Ends what an earlier connection or life of ours left. drachtio has it still, or is another one. */
  endLeft(left: Orphan): void {
    this.#journal.remove(left.id);
    this.#sender.send(REMOTE_TARGET, 'BYE', NO_CONTENT, {
      dialogId: left.id,
      done: ({ response }) => {
        if (response.status !== 481 || !('dialog' in left) || !this.#sender.isOpen) return;
        const { uri, headers, proxy } = farewell(left);
        const way = proxy === undefined ? {} : { proxy };
        const options = { method: 'BYE', ...toSrfContent({ headers }), ...way };
        this.#srf.request(uri, options, () => undefined);
      },
    });
  }

  /** A request outside any dialog. No answer is told as 408, no way to send it as 503. */
  request(
    uri: string,
    method: string,
    content: Content,
    done: (answer: SipResponse, from?: Source) => void,
  ): void {
    this.#sender.send(uri, method, content, {
      done: ({ response }, { from }) => done(response, from),
    });
  }

  call(uri: string, content: Content, listener: AttemptListener): Attempt {
    let sent: SrfRequest | undefined;
    let cancelled = false;
    const cancel = () => sent?.cancel(() => undefined);
    this.#sender.send(uri, 'INVITE', content, {
      onSent: (req) => {
        sent = req;
        if (cancelled) cancel();
      },
      onProvisional: (response) => listener.onProvisional(response),
      done: (final, { dialogId }) => {
        const { response } = final;
        if (response.status >= 300 || dialogId === undefined) {
          listener.onFailure(response);
          return;
        }
        this.#keepOurs(dialogId, sent, response, content.towards);
        listener.onAnswer(this.#addLeg(dialogId, listener), final);
      },
    });
    return {
      cancel: () => {
        if (!cancelled) cancel();
        cancelled = true;
      },
    };
  }

  /**
   * What is thrown into drachtio-srf ends its connection and with it every call. A peer's nonsense,
   * or a fault of ours, must cost its own message only.
   */
  #carefully(act: () => void, res?: SrfResponse): void {
    try {
      act();
    } catch (error) {
      const isPeers = error instanceof SipProtocolError;
      if (!isPeers) this.#listener.onFault(error);
      if (res) this.#answer(res, isPeers ? 400 : 500);
    }
  }

  #inDialog(req: SrfRequest, res: SrfResponse, next: () => void): void {
    const id = req.stackDialogId ?? '';
    const listener = this.#legs.get(id);
    if (listener) this.#deliver(id, listener, req, res);
    else if (req.method === 'BYE') this.#answer(res, 200);
    else if (id !== '' && req.method !== 'ACK') this.#answer(res, 481);
    else if (id === '') next();
  }

  #deliver(id: string, listener: LegListener, req: SrfRequest, res: SrfResponse): void {
    const request = this.#read(req, res);
    if (!request) return;
    switch (req.method) {
      case 'ACK':
        listener.onAck(request.body);
        break;
      case 'PRACK':
        this.#answer(res, 200);
        break;
      case 'BYE':
        this.#answer(res, 200);
        this.#forget(id);
        listener.onEnd(request);
        break;
      default:
        listener.onRequest(this.#incoming(request, req, res));
    }
  }

  #outside(req: SrfRequest, res: SrfResponse): void {
    const request = this.#read(req, res);
    if (!request) return;
    const came = this.#incoming(request, req, res);
    if (req.method !== 'INVITE') this.#listener.onRequest(came);
    // drachtio would give the new call the old one's name, and we could not end the old one.
    else if (this.#legs.has(callersDialog(request))) this.#answer(res, 482);
    else this.#listener.onCall(this.#incomingCall(came, req, res));
  }

  #read(req: SrfRequest, res: SrfResponse): SipRequest | undefined {
    const message = readMessage(req);
    if (message?.kind === 'request') return message;
    this.#answer(res, 400);
    return undefined;
  }

  #incoming(request: SipRequest, req: SrfRequest, res: SrfResponse): Incoming {
    return incoming(request, req, (status, content) => this.#answer(res, status, content));
  }

  #incomingCall(came: Incoming, req: SrfRequest, res: SrfResponse): IncomingCall {
    return incomingCall(came, req, (content, listener, done) =>
      this.#accept(came, res, content, { listener, done }),
    );
  }

  #accept(
    came: Incoming,
    res: SrfResponse,
    content: Content,
    on: { listener: LegListener; done: (leg: Leg | undefined) => void },
  ): void {
    const finish = this.#sender.begin<Leg | undefined>((leg) => on.done(leg), undefined);
    this.#answer(res, 200, content, (error, sent) => {
      const id = res.stackDialogId ?? '';
      if (error || id === '') return finish(undefined);
      this.#keep(id, came, sent?.raw);
      finish(this.#addLeg(id, on.listener));
    });
  }

  #keep(id: string, { request, source }: Incoming, raw = ''): void {
    const response = readMessage({ msg: { raw } });
    // Nobody can call a browser whose connection is gone.
    if (response?.kind !== 'response' || source.transport === 'ws') return;
    this.#remember({ id, dialog: dialogOfServer(request, response), source });
  }

  #keepOurs(
    id: string,
    sent: SrfRequest | undefined,
    response: SipResponse,
    source: Source | undefined,
  ): void {
    const request = sent && readMessage(sent);
    if (request?.kind !== 'request' || source?.transport === 'ws') return;
    const dialog = dialogOfClient(request, response);
    this.#remember({ id, dialog, ...(source === undefined ? {} : { source }) });
  }

  #remember(kept: KeptDialog): void {
    this.#kept.set(kept.id, kept);
    this.#journal.add(kept);
  }

  #forget(id: string): void {
    this.#legs.delete(id);
    this.#kept.delete(id);
    this.#journal.remove(id);
  }

  #addLeg(id: string, listener: LegListener): Leg {
    this.#legs.set(id, listener);
    return {
      request: (method, content, done) =>
        this.#sender.send(REMOTE_TARGET, method, content, { dialogId: id, done }),
      hangUp: (headers = []) => {
        if (!this.#legs.has(id)) return;
        this.#forget(id);
        const options = { dialogId: id, done: () => undefined };
        this.#sender.send(REMOTE_TARGET, 'BYE', { headers }, options);
      },
    };
  }
}

/** drachtio's name for the dialog that an INVITE of a caller begins. */
function callersDialog(invite: SipRequest): string {
  const fromTag = tagOf(header(invite, 'From') ?? '') ?? '';
  return `${header(invite, 'Call-ID') ?? ''};from-tag=${fromTag}`;
}
