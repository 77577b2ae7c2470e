import type { SipResponse } from '../protocol/sip/message.ts';
import { reasonPhrase } from '../protocol/sip/status.ts';
import type { SrfAck, SrfClient, SrfRequest, SrfResponse } from './drachtio-shapes.ts';
import { readMessage, sourceOfAnswer, toSrfContent } from './from-drachtio.ts';
import { sourceUri } from './journal.ts';
import type { Content, FinalResponse, Source } from './leg.ts';

/** What to tell of a request that is sent. */
export interface Sending {
  /** The dialog that it belongs to, by drachtio's name. */
  readonly dialogId?: string;
  readonly onSent?: (req: SrfRequest) => void;
  readonly onProvisional?: (response: SipResponse) => void;
  readonly done: (final: FinalResponse, heard: Heard) => void;
}

/** What came with a final response; nothing where it was made up. */
export interface Heard {
  readonly dialogId?: string;
  /** Who answered. */
  readonly from?: Source;
}

export interface SenderListener {
  /** An UPDATE of the peer's before it answered. */
  onUpdate(req: SrfRequest, res: SrfResponse): void;
  /** Runs what may throw, and deals with it. */
  carefully(act: () => void): void;
}

const NOT_HEARD: Heard = {};

/** Sends requests over one connection to drachtio, and tells each of its end exactly once. */
export class Sender {
  readonly #srf: SrfClient;
  readonly #listener: SenderListener;
  /** What to do for each operation under way when the connection goes. */
  readonly #underWay = new Set<() => void>();
  #open = true;

  constructor(srf: SrfClient, listener: SenderListener) {
    this.#srf = srf;
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** The connection is gone: every operation under way fails. */
  close(): void {
    this.#open = false;
    for (const fail of [...this.#underWay]) fail();
  }

  /** No answer is told as 408, no way to send it as 503; in a dialog that drachtio does not know as 481. */
  send(uri: string, method: string, content: Content, on: Sending): void {
    const { dialogId } = on;
    const lost: Finished = [madeUp(503), NOT_HEARD];
    const finish = this.begin<Finished>(([final, heard]) => on.done(final, heard), lost);
    if (!this.#open) return finish(lost);
    const options = {
      method,
      ...toSrfContent(content),
      ...stackDialog(dialogId),
      ...proxy(content),
    };
    this.#srf.request(uri, options, (error, req) => {
      if (error || !req) return finish([madeUp(dialogId === undefined ? 503 : 481), NOT_HEARD]);
      on.onSent?.(req);
      req.on('update', (update, res) => this.#listener.onUpdate(update, res));
      req.on('response', (res, ack) =>
        this.#listener.carefully(() => {
          const response = readMessage(res);
          if (response?.kind !== 'response') return;
          if (response.status < 200) on.onProvisional?.(response);
          else finish([{ response, ack: acknowledge(ack) }, heardWith(response, res)]);
        }),
      );
    });
  }

  /** Makes `done` run once: with a result, or with `lost` when the connection goes first. */
  begin<T>(done: (result: T) => void, lost: T): (result: T) => void {
    const finish = (result: T) => {
      if (this.#underWay.delete(fail)) done(result);
    };
    const fail = () => finish(lost);
    this.#underWay.add(fail);
    return finish;
  }
}

type Finished = readonly [FinalResponse, Heard];

function heardWith(response: SipResponse, res: SrfResponse): Heard {
  const { stackDialogId } = res;
  const from = sourceOfAnswer(response, res);
  return {
    ...(stackDialogId === undefined ? {} : { dialogId: stackDialogId }),
    ...(from === undefined ? {} : { from }),
  };
}

function madeUp(status: number): FinalResponse {
  const response: SipResponse = {
    ...{ kind: 'response', status, reason: reasonPhrase(status), headers: [], body: '' },
  };
  return { response, ack: () => undefined };
}

function acknowledge(ack: SrfAck): (body?: string) => void {
  return (body) => (body === undefined ? ack() : ack({ body }));
}

function stackDialog(id: string | undefined): { readonly stackDialogId?: string } {
  return id === undefined ? {} : { stackDialogId: id };
}

function proxy({ towards }: Content): { readonly proxy?: string } {
  return towards === undefined ? {} : { proxy: sourceUri(towards) };
}
