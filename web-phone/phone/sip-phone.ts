import { LineCheck } from './line-check.ts';
import type { LineVerdict } from './line-watch.ts';
import type { Call, CallEvent, CallOrder, Phone } from './phone.ts';
import {
  agentOptions,
  Inviter,
  peerConnectionOf,
  SessionState,
  uriOf,
  UserAgent,
  Web,
} from './sip-js.ts';

/** The server's word in a BYE that the call goes on if we call again: its FreeSWITCH is another one now. */
const CALL_AGAIN = /^SIP\s*;\s*cause=503\b/i;
const DIGIT_MS = 120;
const DIGIT_GAP_MS = 70;

/** A phone made of SIP.js 0.21; `ear` plays what the others say. */
export function sipJsPhone(ear: HTMLAudioElement): Phone {
  return { call: (order, listen) => new SipJsCall(order, ear, listen) };
}

class SipJsCall implements Call {
  readonly #agent: UserAgent;
  readonly #inviter: Inviter;
  readonly #ear: HTMLAudioElement;
  readonly #listen: (event: CallEvent) => void;
  #voice: MediaStreamTrack;
  #over = false;
  #line: LineCheck | undefined;
  /** Told to call again when the call was ended. */
  #again = false;
  #isRelayRefused = false;

  constructor(order: CallOrder, ear: HTMLAudioElement, listen: (event: CallEvent) => void) {
    this.#ear = ear;
    this.#listen = listen;
    // SIP.js stops the tracks it was given when a call ends; the microphone must outlive the call.
    this.#voice = order.voice.clone();
    this.#agent = new UserAgent(agentOptions(order, () => this.#voice));
    this.#agent.delegate = { onDisconnect: (error) => this.#onDisconnect(error) };
    this.#inviter = new Inviter(this.#agent, uriOf(order.target));
    this.#inviter.delegate = {
      onBye: (bye) => {
        this.#again = CALL_AGAIN.test(bye.request.getHeader('Reason') ?? '');
        void bye.accept();
      },
      onSessionDescriptionHandler: (handler) => {
        if (handler instanceof Web.SessionDescriptionHandler) this.#watch(handler);
      },
    };
    this.#inviter.stateChange.addListener((state) => this.#onState(state));
    void this.#dial();
  }

  hangUp(): void {
    if (!this.#over) this.#release();
  }

  sendDigit(digit: string): void {
    if (!/^[0-9*#]$/.test(digit)) throw new Error('not a key of a telephone');
    if (this.#sendToneEvent(digit)) return;
    const content = `Signal=${digit}\r\nDuration=${DIGIT_MS}\r\n`;
    const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content };
    void this.#inviter.info({ requestOptions: { body } }).catch(ignoreDeadSession);
  }

  transmit(on: boolean): void {
    this.#voice.enabled = on;
  }

  async replaceVoice(voice: MediaStreamTrack): Promise<void> {
    const next = voice.clone();
    next.enabled = this.#voice.enabled;
    const before = this.#voice;
    this.#voice = next;
    await this.#sender()?.replaceTrack(next);
    before.stop();
  }

  async stats(): Promise<RTCStatsReport | undefined> {
    return peerConnectionOf(this.#inviter)?.getStats();
  }

  async #dial(): Promise<void> {
    try {
      await this.#agent.start();
    } catch {
      this.#finish({ kind: 'unreachable' });
      return;
    }
    if (this.#over) return;
    await this.#inviter.invite({
      requestDelegate: {
        onReject: ({ message }) => this.#onRefused(message.statusCode),
        onRedirect: ({ message }) => this.#onRefused(message.statusCode),
      },
    });
  }

  /** FreeSWITCH takes no offer without a candidate (488); where TURN was the only one, that is why. */
  #onRefused(status = 500): void {
    const isBlocked = status === 488 && this.#isRelayRefused;
    this.#finish(isBlocked ? BLOCKED_WITHOUT_RELAY : { kind: 'refused', status });
  }

  #onState(state: SessionState): void {
    if (this.#over) return;
    if (state === SessionState.Established) {
      this.#listen({ kind: 'answered' });
      this.#checkLine();
    }
    // SIP.js ends the session before it tells the delegate which response did so.
    if (state === SessionState.Terminated)
      queueMicrotask(() => this.#finish({ kind: 'ended', ...(this.#again && { again: true }) }));
  }

  #onDisconnect(error?: Error): void {
    if (this.#over || error === undefined) return;
    if (this.#inviter.state === SessionState.Established) this.#listen({ kind: 'signalling-lost' });
    else this.#finish({ kind: 'unreachable' });
  }

  #watch(handler: Web.SessionDescriptionHandler): void {
    this.#ear.srcObject = handler.remoteMediaStream;
    handler.peerConnectionDelegate = {
      onconnectionstatechange: () => this.#onMedia(handler.peerConnection?.connectionState),
      onicecandidateerror: (event) => {
        this.#isRelayRefused ||= isRefusal(event);
      },
      ontrack: () => void this.#ear.play().catch(ignoreInterruptedPlay),
    };
  }

  #onMedia(state: RTCPeerConnectionState | undefined): void {
    if (this.#over) return;
    if (state === 'connected') this.#listen({ kind: 'line', line: 'good' });
    if (state === 'disconnected') this.#listen({ kind: 'line', line: 'weak' });
    if (state === 'failed') this.#listen({ kind: 'line', line: 'lost' });
  }

  #checkLine(): void {
    const connection = peerConnectionOf(this.#inviter);
    if (this.#over || connection === undefined) return;
    this.#line = new LineCheck(connection, (verdict) => {
      const event = EVENT_OF[verdict];
      if (event === undefined || this.#over) return;
      this.#listen(this.#isRelayRefused && verdict === 'blocked' ? BLOCKED_WITHOUT_RELAY : event);
    });
  }

  #sender(): RTCRtpSender | undefined {
    return peerConnectionOf(this.#inviter)?.getSenders()[0];
  }

  /** `insertDTMF` replaces what is not yet sent, so what waits is said again with it. */
  #sendToneEvent(digit: string): boolean {
    const dtmf = this.#sender()?.dtmf;
    if (!dtmf?.canInsertDTMF) return false;
    dtmf.insertDTMF(dtmf.toneBuffer + digit, DIGIT_MS, DIGIT_GAP_MS);
    return true;
  }

  #finish(event: CallEvent): void {
    if (this.#over) return;
    this.#release();
    this.#listen(event);
  }

  /** `stop` sends BYE or CANCEL as fits, then closes the socket; a dead socket makes it fail. */
  #release(): void {
    this.#over = true;
    this.#line?.stop();
    this.#voice.stop();
    this.#ear.srcObject = null;
    void this.#agent.stop().catch(ignoreDeadSession);
  }
}

const EVENT_OF: Readonly<Record<LineVerdict, CallEvent | undefined>> = {
  new: undefined,
  still: undefined,
  flows: { kind: 'line', line: 'good' },
  silent: { kind: 'line', line: 'weak' },
  dead: { kind: 'dead' },
  blocked: { kind: 'blocked' },
};

const BLOCKED_WITHOUT_RELAY: CallEvent = { kind: 'blocked', relay: 'refused' };

/** 701 is the browser's own for a server that does not answer (W3C WebRTC, 4.8.3); below are the server's (RFC 8656 section 19). */
function isRefusal({ url, errorCode }: RTCPeerConnectionIceErrorEvent): boolean {
  return /^turns?:/.test(url ?? '') && errorCode < 700;
}

/** The call is over on this side whatever becomes of the last message. */
function ignoreDeadSession(): void {}

/** A newer `srcObject` interrupts `play`; the newer one plays by itself. */
function ignoreInterruptedPlay(): void {}
