import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { ECHO_TEST } from '../../protocol/call/echo-test.ts';
import type { SoftphoneGrant } from '../../protocol/http/views.ts';
import { request } from '../feed/request.ts';
import { delayOf, lossOf } from './echo-findings.ts';
import type { EchoFindings } from './echo-findings.ts';
import { smooth } from './level.ts';
import type { Microphone } from './microphone.ts';
import type { Call, CallEvent, Phone } from './phone.ts';
import { useSpeaker } from './speaker.ts';
import { gaugeOf } from './track-level.ts';
import type { LevelGauge } from './track-level.ts';
import { sipTrouble, ticketTrouble, trouble } from './trouble.ts';
import type { Trouble } from './trouble.ts';

export interface EchoTestParts {
  readonly ticket: string;
  readonly microphone: Microphone;
  /** Another phone than the meeting's, on the ear that is given. */
  readonly phone: (ear: HTMLAudioElement) => Promise<Phone>;
  /** The chosen output's id, or ''. */
  readonly speaker: () => string;
}

export type EchoState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'calling' }
  | { readonly kind: 'running'; readonly found: EchoFindings }
  | { readonly kind: 'over'; readonly found: EchoFindings }
  | { readonly kind: 'failed'; readonly trouble: Trouble };

const IDLE: EchoState = { kind: 'idle' };
const NOTHING_YET: EchoFindings = { forMs: 0, said: 0, heard: 0, receives: false };
/** How often levels are looked at, and how often that is thought about. */
const LOOK_MS = 20;
const THINK_MS = 500;
/** A call that is not answered by then meets a firewall. */
const ANSWER_WITHIN_MS = 12_000;
/** The server's end comes at 30 s; ours is for one that is lost. */
export const LASTS_MS = 30_000;

/** A call to the server that plays oneself back: the same way as into the meeting, and seen by nobody there. */
export class EchoTest {
  readonly #parts: EchoTestParts;
  readonly #state = signal<EchoState>(IDLE);
  readonly #heardLevel = signal(0);
  #run: Run | undefined;

  constructor(parts: EchoTestParts) {
    this.#parts = parts;
  }

  get state(): ReadonlySignal<EchoState> {
    return this.#state;
  }
  /** How loud it is that comes back just now, 0 to 1. */
  get heardLevel(): ReadonlySignal<number> {
    return this.#heardLevel;
  }

  /** `name` is told to nobody: the server wants one for each credential. */
  async start(name: string): Promise<void> {
    this.stop();
    const ear = new Audio();
    const run: Run = { ear, context: new AudioContext(), stops: [] };
    this.#run = run;
    this.#state.value = { kind: 'calling' };
    const { microphone, speaker } = this.#parts;
    // Woken within the click, for browsers that let nothing sound without one.
    void run.context.resume().catch(() => undefined);
    if (speaker() !== '') void useSpeaker(ear, speaker());
    const voice = (await microphone.open()) ? microphone.voice : undefined;
    if (this.#run !== run) return;
    if (voice) await this.#call(run, voice, name);
    // The microphone's own trouble is shown in its place.
    else this.stop();
  }

  /** Ends the call; what was found stays to be read. */
  stop(): void {
    const state = this.#state.peek();
    this.#end(state.kind === 'running' ? { kind: 'over', found: state.found } : IDLE);
  }

  /** Puts away what was found. */
  close(): void {
    this.#end(IDLE);
  }

  async #call(run: Run, voice: MediaStreamTrack, name: string): Promise<void> {
    const path = `/tickets/${encodeURIComponent(this.#parts.ticket)}/softphone`;
    const [answer, phone] = await Promise.all([
      request<SoftphoneGrant>({ method: 'POST', path, body: { name } }),
      this.#parts.phone(run.ear).catch(() => undefined),
    ]);
    if (this.#run !== run) return;
    if (!answer.ok) return this.#fail(ticketTrouble(answer.problem));
    if (!phone) return this.#fail(trouble('server-unreachable'));
    const { sip, target } = answer.value;
    const order = { ...sip, target: echoTarget(target), displayName: name, voice };
    run.call = phone.call(order, (event) => {
      if (this.#run === run) this.#onCall(run, event);
    });
    this.#later(run, ANSWER_WITHIN_MS, () => {
      if (this.#state.peek().kind === 'calling') this.#fail(trouble('network-blocked'));
    });
  }

  #onCall(run: Run, event: CallEvent): void {
    switch (event.kind) {
      case 'answered':
        return this.#listen(run);
      case 'refused':
        return this.#fail(sipTrouble(event.status));
      case 'unreachable':
      case 'signalling-lost':
        return this.#fail(trouble('server-unreachable'));
      case 'ended':
        return this.stop();
      case 'blocked':
        return this.#fail(trouble(event.relay ? 'relay-refused' : 'network-blocked'));
      case 'line':
        if (event.line === 'lost') this.#fail(trouble('network-blocked'));
        return;
      // What does not come back is found by the levels.
      case 'dead':
        return;
    }
  }

  #listen(run: Run): void {
    const { voice } = this.#parts.microphone;
    const back = run.ear.srcObject;
    if (!voice || !(back instanceof MediaStream)) return this.#fail(trouble('call-failed'));
    run.tape = {
      sinceMs: performance.now(),
      mouth: gaugeOf(new MediaStream([voice]), run.context),
      ear: gaugeOf(back, run.context),
      said: [],
      heard: [],
    };
    this.#state.value = { kind: 'running', found: NOTHING_YET };
    this.#every(run, LOOK_MS, () => this.#look(run));
    this.#every(run, THINK_MS, () => void this.#think(run));
    this.#later(run, LASTS_MS, () => this.stop());
  }

  /** Timers come late on a busy machine: what they missed was as it is now. */
  #look({ tape }: Run): void {
    if (!tape) return;
    const [said, heard] = [tape.mouth.look(), tape.ear.look()];
    const due = Math.floor((performance.now() - tape.sinceMs) / LOOK_MS);
    while (tape.said.length < due) {
      tape.said.push(said);
      tape.heard.push(heard);
    }
    this.#heardLevel.value = smooth(this.#heardLevel.peek(), heard);
  }

  async #think(run: Run): Promise<void> {
    const counted = lossOf(countersIn(await run.call?.stats()));
    const { tape } = run;
    if (this.#run !== run || !tape) return;
    const delayMs = delayOf(tape.said, tape.heard, LOOK_MS);
    const found: EchoFindings = {
      forMs: performance.now() - tape.sinceMs,
      said: loudest(tape.said),
      heard: loudest(tape.heard),
      ...counted,
      ...(delayMs !== undefined && { delayMs }),
    };
    this.#state.value = { kind: 'running', found };
  }

  #fail(why: Trouble): void {
    this.#end({ kind: 'failed', trouble: why });
  }

  #end(state: EchoState): void {
    const run = this.#run;
    this.#run = undefined;
    this.#state.value = state;
    this.#heardLevel.value = 0;
    if (!run) return;
    for (const stop of run.stops) stop();
    run.call?.hangUp();
    run.tape?.mouth.close();
    run.tape?.ear.close();
    void run.context.close();
  }

  #every(run: Run, ms: number, act: () => void): void {
    const timer = setInterval(act, ms);
    run.stops.push(() => clearInterval(timer));
  }

  #later(run: Run, ms: number, act: () => void): void {
    const timer = setTimeout(act, ms);
    run.stops.push(() => clearTimeout(timer));
  }
}

/** One test from the click to its end. */
interface Run {
  readonly ear: HTMLAudioElement;
  readonly context: AudioContext;
  readonly stops: (() => void)[];
  call?: Call;
  tape?: {
    readonly sinceMs: number;
    readonly mouth: LevelGauge;
    readonly ear: LevelGauge;
    readonly said: number[];
    readonly heard: number[];
  };
}

/** Where the meeting's address is, the echo test is too. */
export function echoTarget(target: string): string {
  return target.replace(/^sip:[^@]*/, `sip:${ECHO_TEST}`);
}

function countersIn(report: RTCStatsReport | undefined): Parameters<typeof lossOf>[0] {
  const counters: { readonly type: string }[] = [];
  report?.forEach((each: { readonly type: string }) => counters.push(each));
  return counters;
}

function loudest(levels: readonly number[]): number {
  return levels.reduce((most, level) => Math.max(most, level), 0);
}
