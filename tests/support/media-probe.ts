import type {
  Media,
  MediaCommand,
  MediaEvent,
  MediaOptions,
  MemberMix,
} from '../../switch/media/contract.ts';
import { startMedia } from '../../switch/media/media.ts';
import { RtpPeer } from './rtp-peer.ts';
import type { RtpPeerOptions } from './rtp-peer.ts';

type EventOf<K extends MediaEvent['kind']> = Extract<MediaEvent, { readonly kind: K }>;

/** Speaks and hears, nothing turned up or down. */
export const OPEN_MIX: MemberMix = {
  canSpeak: true,
  canHear: true,
  held: false,
  volumeIn: 0,
  volumeOut: 0,
  energyLevel: 100,
};

/** A media worker with every event it told, for tests that wait for what happens. */
export class MediaProbe {
  readonly events: MediaEvent[] = [];
  readonly #media: Media;
  readonly #waiters = new Set<() => void>();
  readonly #calls: { readonly peer: RtpPeer; readonly leg: string }[] = [];
  #legs = 0;

  private constructor(media: Media) {
    this.#media = media;
    media.subscribe((event) => {
      this.events.push(event);
      for (const waiter of this.#waiters) waiter();
    });
  }

  static async start(options: Partial<MediaOptions> = {}): Promise<MediaProbe> {
    const media = await startMedia({
      host: '127.0.0.1',
      publicHost: '127.0.0.1',
      ports: { first: 0, last: 0 },
      rtpTimeoutMs: 30_000,
      log: () => undefined,
      ...options,
    });
    return new MediaProbe(media);
  }

  command(command: MediaCommand): void {
    this.#media.command(command);
  }

  /** The first event of a kind, told already or to come, that fits. */
  async event<K extends MediaEvent['kind']>(
    kind: K,
    fits: (event: EventOf<K>) => boolean = () => true,
    withinMs = 8000,
  ): Promise<EventOf<K>> {
    const find = () =>
      this.events.find((e): e is EventOf<K> => e.kind === kind && fits(e as EventOf<K>));
    const known = find();
    if (known) return known;
    let check: () => void = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<EventOf<K>>((resolve, reject) => {
        check = () => {
          const found = find();
          if (found) resolve(found);
        };
        this.#waiters.add(check);
        timer = setTimeout(() => reject(new Error(`no ${kind} came`)), withinMs);
      });
    } finally {
      clearTimeout(timer);
      this.#waiters.delete(check);
    }
  }

  /** A phone whose call is answered, with its leg. */
  async call(options: RtpPeerOptions = {}): Promise<{ peer: RtpPeer; leg: string }> {
    const peer = await RtpPeer.open(options);
    const leg = `leg-${(this.#legs += 1)}`;
    this.#calls.push({ peer, leg });
    this.command({ kind: 'answer-leg', leg, offer: peer.sdp() });
    const { answer } = await this.event('leg-answered', (event) => event.leg === leg);
    peer.sendTo(answer);
    this.command({ kind: 'start-leg', leg });
    return { peer, leg };
  }

  /** The same, speaking in a room. */
  async join(
    room: string,
    options: RtpPeerOptions = {},
    mix: Partial<MemberMix> = {},
  ): Promise<{ peer: RtpPeer; leg: string }> {
    const call = await this.call(options);
    this.command({ kind: 'join-room', room, leg: call.leg, mix: { ...OPEN_MIX, ...mix } });
    call.peer.speak();
    return call;
  }

  /** Ends every call that `call` and `join` made. */
  hangUp(): void {
    for (const { peer, leg } of this.#calls.splice(0)) {
      peer.close();
      this.command({ kind: 'close-leg', leg });
    }
  }

  async stop(): Promise<void> {
    this.hangUp();
    await this.#media.stop();
  }
}
