import { EslClient } from '../support/esl-client.ts';
import type { CallerMedia } from '../support/caller-media.ts';
import { SipCaller } from '../support/sip-caller.ts';
import type { BenchEngine } from './engine.ts';
import type { Voice, Voices } from './voices.ts';

const ROOM = 'm-benchbenchbenchb';
const FRAME_MS = 20;

/** What its callers are. */
export interface RoomKind {
  readonly voices: Voices;
  readonly openMedia: () => Promise<CallerMedia>;
  /** How often it is seen to what is due; the callers' jitter. */
  readonly beatMs?: number;
}

/** A room full of callers on one engine; each sends a frame every 20 ms from the moment it is answered. */
export class BenchRoom {
  readonly callers: SipCaller[] = [];
  readonly #esl: EslClient;
  readonly #engine: BenchEngine;
  readonly #kind: RoomKind;
  readonly #voices: Voice[] = [];
  readonly #beat: NodeJS.Timeout;
  /** Of each caller's frames against the others', and how many it has sent. */
  readonly #phasesMs: number[] = [];
  readonly #sent: number[] = [];
  readonly #startedAtMs = performance.now();

  private constructor(engine: BenchEngine, esl: EslClient, kind: RoomKind) {
    this.#engine = engine;
    this.#esl = esl;
    this.#kind = kind;
    this.#beat = setInterval(() => this.#sendDue(), kind.beatMs ?? 5);
  }

  static async open(engine: BenchEngine, kind: RoomKind): Promise<BenchRoom> {
    const esl = await EslClient.connect(engine.eslPort, engine.password);
    await esl.send('event json CHANNEL_PARK CHANNEL_ANSWER CUSTOM conference::maintenance');
    return new BenchRoom(engine, esl, kind);
  }

  /** Brings one more caller in, silent until `speak`; its frames go out `phaseMs` after the room's beat. */
  async join(phaseMs = 0): Promise<number> {
    const since = this.#esl.events.length;
    const caller = await SipCaller.open({
      server: this.#engine.sip,
      user: `load${this.callers.length}`,
      media: await this.#kind.openMedia(),
    });
    const answer = caller.call('bench');
    const parked = await this.#esl.until(
      'CHANNEL_PARK',
      (each) => each['Event-Name'] === 'CHANNEL_PARK',
      since,
    );
    const uuid = parked['Unique-ID'] ?? '';
    await this.#esl.execute(uuid, 'answer');
    await answer;
    await caller.media.connected();
    this.callers.push(caller);
    this.#phasesMs.push(phaseMs);
    this.#sent.push(this.#due(phaseMs));
    this.#voices.push(this.#kind.voices.quiet);
    await this.#esl.execute(uuid, 'conference', `${ROOM}@partyline`);
    const joined = (each: Record<string, string>): boolean =>
      each.Action === 'add-member' && each['Unique-ID'] === uuid;
    await this.#esl.until('add-member', joined, since);
    return this.callers.length - 1;
  }

  /** What this caller says from now on, every 20 ms. */
  speak(caller: number, voice: Voice): void {
    this.#voices[caller] = voice;
  }

  /** Hangs up; resolves when the room is gone. */
  async close(): Promise<void> {
    const since = this.#esl.events.length;
    for (const caller of this.callers) caller.hangUp();
    clearInterval(this.#beat);
    const isGone = (each: Record<string, string>): boolean => each.Action === 'conference-destroy';
    await this.#esl.until('conference-destroy', isGone, since);
    this.#esl.close();
    for (const caller of this.callers) caller.close();
  }

  /** Catches up with the clock, so that a late timer loses no frame. */
  #sendDue(): void {
    this.callers.forEach((caller, at) => {
      const due = this.#due(this.#phasesMs[at] ?? 0);
      if (due <= (this.#sent[at] ?? 0)) return;
      this.#sent[at] = due;
      const voice = this.#voices[at] ?? this.#kind.voices.quiet;
      const frame = voice[due % voice.length];
      if (frame) caller.sendFrame(frame);
    });
  }

  #due(phaseMs: number): number {
    return Math.floor((performance.now() - this.#startedAtMs - phaseMs) / FRAME_MS);
  }
}
