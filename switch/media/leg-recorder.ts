import type { LegId, LegRecordingEnd, MediaCommand, MediaEvent } from './contract.ts';
import { LegRecording } from './leg-recording.ts';
import type { Leg } from './leg.ts';
import { Recording } from './recording.ts';

type RecordLeg = Extract<MediaCommand, { readonly kind: 'record-leg' }>;

interface Running {
  readonly leg: LegId;
  readonly path: string;
  readonly recording: LegRecording;
  readonly untap: () => void;
}

/** Begins and ends recordings of what one peer says, and tells of both. */
export class LegRecorder {
  readonly #emit: (event: MediaEvent) => void;
  readonly #running = new Set<Running>();
  /** Whose file is being made; taken out by who stops it before. */
  readonly #starting = new Map<RecordLeg, LegRecordingEnd | undefined>();
  readonly #pending = new Set<Promise<void>>();

  constructor(emit: (event: MediaEvent) => void) {
    this.#emit = emit;
  }

  /** `leg` undefined: there is none. */
  start(leg: Leg | undefined, command: RecordLeg): void {
    if (!leg) this.#tellStarted(command, 'no such leg');
    else if (this.#isTaken(command.path)) this.#tellStarted(command, 'already recording there');
    else this.#await(this.#begin(leg, command));
  }

  stop(leg: LegId, path: string): void {
    this.#endWhere((one) => one.leg === leg && one.path === path, 'stopped');
  }

  legClosed(leg: LegId): void {
    this.#endWhere((one) => one.leg === leg, 'closed');
  }

  /** Resolves when every file that was begun and ended is whole. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  #isTaken(path: string): boolean {
    const all = [...this.#running, ...this.#starting.keys()];
    return all.some((one) => one.path === path);
  }

  #endWhere(fits: (one: { leg: LegId; path: string }) => boolean, why: LegRecordingEnd): void {
    for (const running of this.#running) if (fits(running)) this.#end(running, why);
    for (const command of this.#starting.keys()) {
      if (fits(command)) this.#starting.set(command, why);
    }
  }

  async #begin(leg: Leg, command: RecordLeg): Promise<void> {
    this.#starting.set(command, undefined);
    let failed = (): void => undefined;
    try {
      const file = await Recording.begin(command, () => failed());
      const recording = new LegRecording(file, command, (why) => this.#end(running, why));
      const untap = leg.tap((frame, rateHz) => recording.add(frame, rateHz));
      const running: Running = { leg: leg.id, path: command.path, recording, untap };
      failed = () => this.#end(running, 'failed');
      this.#running.add(running);
      this.#tellStarted(command);
      const endedBefore = this.#starting.get(command);
      if (endedBefore) this.#end(running, endedBefore);
    } catch (error) {
      // The disk's refusal is the asker's to hear.
      this.#tellStarted(command, error instanceof Error ? error.message : 'cannot write');
    } finally {
      this.#starting.delete(command);
    }
  }

  #end(running: Running, why: LegRecordingEnd): void {
    if (!this.#running.delete(running)) return;
    running.untap();
    this.#await(this.#finish(running, why));
  }

  async #finish({ leg, path, recording }: Running, why: LegRecordingEnd): Promise<void> {
    const { samples, sampleRateHz } = await recording.end();
    this.#emit({ kind: 'leg-recording-stopped', leg, path, samples, sampleRateHz, why });
  }

  #await(work: Promise<void>): void {
    const pending = work.finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
  }

  #tellStarted({ leg, path }: RecordLeg, error?: string): void {
    this.#emit({ kind: 'leg-recording-started', leg, path, ...(error !== undefined && { error }) });
  }
}
