import type { LineSample, LineVerdict } from './line-watch.ts';
import { look, shaken, watching } from './line-watch.ts';

const LOOK_MS = 250;

/** Looks at a call's media for as long as it lasts, and tells each change of how it stands. */
export class LineCheck {
  readonly #connection: RTCPeerConnection;
  readonly #tell: (verdict: LineVerdict) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #watch = watching(performance.now());

  constructor(connection: RTCPeerConnection, tell: (verdict: LineVerdict) => void) {
    this.#connection = connection;
    this.#tell = tell;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    for (const [target, event] of signs()) target.addEventListener(event, this.#onShaken);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const [target, event] of signs()) target.removeEventListener(event, this.#onShaken);
  }

  readonly #onShaken = (): void => {
    this.#watch = shaken(this.#watch, performance.now());
  };

  async #look(): Promise<void> {
    // Without an address of the other side there is nothing to wait for.
    if (!/^a=candidate:/m.test(this.#connection.remoteDescription?.sdp ?? '')) return;
    const report = await this.#connection.getStats();
    const before = this.#watch.verdict;
    this.#watch = look(this.#watch, sampleOf(report));
    if (this.#watch.verdict !== before) this.#tell(this.#watch.verdict);
  }
}

/** What tells that the machine may be in another network. Not every browser knows `connection`. */
function signs(): readonly (readonly [EventTarget, string])[] {
  const { connection } = navigator as Navigator & { readonly connection?: EventTarget };
  const known = connection === undefined ? [] : [[connection, 'change'] as const];
  return [[window, 'online'] as const, [window, 'offline'] as const, ...known];
}

/** W3C webrtc-stats: RTCInboundRtpStreamStats, RTCIceCandidatePairStats. */
function sampleOf(report: RTCStatsReport): LineSample {
  let [packets, responses] = [0, 0];
  for (const [, each] of report as unknown as Iterable<[string, Counted]>) {
    if (each.type === 'inbound-rtp') packets += each.packetsReceived ?? 0;
    if (each.type === 'candidate-pair') responses += each.responsesReceived ?? 0;
  }
  return { nowMs: performance.now(), packets, responses };
}

interface Counted {
  readonly type: string;
  readonly packetsReceived?: number;
  readonly responsesReceived?: number;
}
