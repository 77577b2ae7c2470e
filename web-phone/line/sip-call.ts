import type { IceServer } from '../../protocol/http/views.ts';
import { Invitation, Inviter, peerConnectionOf, SessionState, Web } from '../phone/sip-js.ts';
import type { uriOf } from '../phone/sip-js.ts';

export type SipCallEvent =
  | { readonly kind: 'rings' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'held'; readonly on: boolean }
  | { readonly kind: 'transfer-failed'; readonly status: number }
  | { readonly kind: 'over'; readonly status?: number }
  /** No sound comes through any more: the network is another, or the server was started anew. */
  | { readonly kind: 'lost' };

type Address = ReturnType<typeof uriOf>;

const DIGIT_MS = 120;
const DIGIT_GAP_MS = 70;
const ICE_GATHERING_TIMEOUT_MS = 500;

/** One call of the telephone, whoever began it. It is heard through an element of its own. */
export class SipCall {
  readonly #session: Inviter | Invitation;
  readonly #ear = new Audio();
  listen: (event: SipCallEvent) => void = () => undefined;
  #over = false;
  #muted = false;
  #status: number | undefined;

  /** How an agent's calls get their voice: each a copy, since SIP.js stops the tracks it was given. */
  static media(iceServers: readonly IceServer[] = [], voice: () => Promise<MediaStreamTrack>) {
    return {
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(
        async () => new MediaStream([(await voice()).clone()]),
      ),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: ICE_GATHERING_TIMEOUT_MS,
        peerConnectionConfiguration: {
          iceServers: iceServers.map(({ urls, ...login }) => ({ urls: [...urls], ...login })),
        },
      },
    };
  }

  constructor(session: Inviter | Invitation) {
    this.#session = session;
    session.delegate = {
      onSessionDescriptionHandler: (handler) => {
        if (handler instanceof Web.SessionDescriptionHandler) this.#hear(handler);
      },
      ...(session instanceof Invitation && { onCancel: () => this.#finish() }),
    };
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established && !this.#over) this.listen({ kind: 'answered' });
      // SIP.js ends the session before it tells the delegate which response did so.
      if (state === SessionState.Terminated) queueMicrotask(() => this.#finish(this.#status));
    });
  }

  /** Who calls, as the server says: nothing of it is the caller's own word. */
  get peer(): { readonly name: string; readonly number: string } {
    const { displayName, uri } = this.#session.remoteIdentity;
    const number = decodeURIComponent(uri.user ?? '');
    return { name: displayName || number, number };
  }

  dial(): void {
    if (!(this.#session instanceof Inviter)) return;
    this.#session
      .invite({
        requestDelegate: {
          onProgress: ({ message }) => {
            if (message.statusCode === 180 && !this.#over) this.listen({ kind: 'rings' });
          },
          onReject: ({ message }) => (this.#status = message.statusCode ?? 500),
          onRedirect: ({ message }) => (this.#status = message.statusCode ?? 500),
        },
      })
      .catch(() => this.#finish(503));
  }

  answer(): void {
    if (this.#session instanceof Invitation) this.#session.accept().catch(() => this.hangUp());
  }

  /** 603: all of one's phones stop ringing. */
  decline(): void {
    if (this.#session instanceof Invitation)
      void this.#session.reject({ statusCode: 603 }).catch(ignoreDead);
    this.#finish();
  }

  hangUp(): void {
    const session = this.#session;
    if (session.state === SessionState.Established) void session.bye().catch(ignoreDead);
    else if (session instanceof Inviter) void session.cancel().catch(ignoreDead);
    else void session.reject({ statusCode: 603 }).catch(ignoreDead);
    this.#finish();
  }

  mute(on: boolean): void {
    this.#muted = on;
    this.#transmit();
  }

  /** Another microphone, in the midst of the call. */
  async replaceVoice(voice: MediaStreamTrack): Promise<void> {
    const sender = this.#sender();
    const before = sender?.track;
    await sender?.replaceTrack(voice.clone());
    before?.stop();
    this.#transmit();
  }

  /** A re-INVITE; told once the other side agreed. */
  async hold(on: boolean): Promise<void> {
    const session = this.#session;
    const before: Web.SessionDescriptionHandlerOptions =
      session.sessionDescriptionHandlerOptionsReInvite;
    const now: Web.SessionDescriptionHandlerOptions = { ...before, hold: on };
    session.sessionDescriptionHandlerOptionsReInvite = now;
    await session.invite({
      requestDelegate: {
        onAccept: () => this.listen({ kind: 'held', on }),
        onReject: () => {
          session.sessionDescriptionHandlerOptionsReInvite = before;
        },
      },
    });
  }

  /** REFER: the other one is called elsewhere, or joined with who is in `to`. */
  transfer(to: Address | SipCall): void {
    const failed = (status: number): void => this.listen({ kind: 'transfer-failed', status });
    this.#session
      .refer(to instanceof SipCall ? to.#session : to, {
        requestDelegate: { onReject: ({ message }) => failed(message.statusCode ?? 500) },
        onNotify: (notification) => {
          void notification.accept();
          const status = Number(/^SIP\/2\.0 (\d{3})/.exec(notification.request.body)?.[1]);
          if (status >= 300) failed(status);
        },
      })
      .catch(() => failed(500));
  }

  sendDigit(digit: string): void {
    if (!/^[0-9*#]$/.test(digit)) throw new Error('not a key of a telephone');
    const dtmf = this.#sender()?.dtmf;
    if (dtmf?.canInsertDTMF) {
      dtmf.insertDTMF(dtmf.toneBuffer + digit, DIGIT_MS, DIGIT_GAP_MS);
      return;
    }
    const content = `Signal=${digit}\r\nDuration=${DIGIT_MS}\r\n`;
    const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content };
    void this.#session.info({ requestOptions: { body } }).catch(ignoreDead);
  }

  /** Through which output the other one is heard. */
  async through(speaker: string): Promise<void> {
    if (speaker !== '' && 'setSinkId' in this.#ear)
      await this.#ear.setSinkId(speaker).catch(ignoreDead);
  }

  #hear(handler: Web.SessionDescriptionHandler): void {
    this.#ear.srcObject = handler.remoteMediaStream;
    handler.peerConnectionDelegate = {
      ontrack: () => void this.#ear.play().catch(ignoreDead),
      onconnectionstatechange: () => {
        if (handler.peerConnection?.connectionState === 'failed') this.#lose();
      },
    };
  }

  /** Told before the goodbye, which nobody may be there to hear. */
  #lose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#silence();
    this.listen({ kind: 'lost' });
    this.hangUp();
  }

  #transmit(): void {
    const track = this.#sender()?.track;
    if (track) track.enabled = !this.#muted;
  }

  #sender(): RTCRtpSender | undefined {
    return peerConnectionOf(this.#session)?.getSenders()[0];
  }

  #finish(status?: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#silence();
    this.listen({ kind: 'over', ...(status !== undefined && { status }) });
  }

  #silence(): void {
    this.#sender()?.track?.stop();
    this.#ear.srcObject = null;
  }
}

/** The call is over, or a newer sound plays, whatever becomes of this. */
function ignoreDead(): void {}
