import type { AlarmView } from '../protocol/http/views.ts';
import type { Basics } from './basics.ts';
import type { Throttle } from './throttle.ts';

/** What is written about an alarm at most so often, however many tries a second it refuses. */
const WRITE_EVERY_MS = 1_000;
const FULL = 'too many wrong codes or keys: a limit is full';
const PAUSED = 'a webhook is paused: its receiver did not answer';
const KEPT_MS = 24 * 3_600_000;
/** Of more about single sources the oldest are forgotten: who has ever new addresses raises one for each. */
const MOST_KEPT = 1_000;

export interface Alarm {
  readonly id: string;
  readonly kind: AlarmView['kind'];
  /** Whom it holds for, masked. */
  readonly who: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly count: number;
}

/** A limit that is full, or a webhook that is paused. */
export interface Full {
  readonly kind: Alarm['kind'];
  /** What the throttle counts. */
  readonly what: string;
  /** Masked, for people. */
  readonly who: string;
  readonly untilMs: number;
}

/** Which limits are full, or were in the last 24 hours: in the store, for all processes to see. */
export class Alarms {
  readonly #basics: Basics;
  readonly #throttle: Throttle;
  readonly #listeners = new Set<() => void>();
  /** Told since the last writing. */
  readonly #untold = new Map<string, { readonly full: Full; readonly count: number }>();
  #stopTimer: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(basics: Basics, throttle: Throttle) {
    this.#basics = basics;
    this.#throttle = throttle;
  }

  /** Told when there is something new to list. Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A limit refused so many tries, or was filled by them. Written within a second. */
  raise(full: Full, tries: number): void {
    const id = this.#throttle.idOf(full.what);
    const before = this.#untold.get(id);
    this.#untold.set(id, { full, count: (before?.count ?? 0) + tries });
    this.#stopTimer ??= this.#basics.after(WRITE_EVERY_MS, () => void this.written());
  }

  /** The newest first. */
  async list(): Promise<readonly Alarm[]> {
    await this.written();
    return this.#kept();
  }

  /** Lifts the limit: whom it held may try again at once. Says whether there was such an alarm. */
  async lift(id: string): Promise<boolean> {
    await this.written();
    const existed = await this.#basics.store.delete(place(id));
    if (!existed) return false;
    await this.#throttle.lift(id);
    this.#tell();
    return true;
  }

  /** What was told of `what` is over. */
  async clear(what: string): Promise<void> {
    await this.written();
    if (await this.#basics.store.delete(place(this.#throttle.idOf(what)))) this.#tell();
  }

  /** Another process raised or lifted one. */
  changedElsewhere(): void {
    this.#tell();
  }

  /** What was raised so far is in the store. */
  written(): Promise<void> {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const untold = [...this.#untold];
    this.#untold.clear();
    if (untold.length > 0) this.#writing = this.#writing.then(() => this.#write(untold));
    return this.#writing;
  }

  async #write(
    untold: readonly (readonly [string, { full: Full; count: number }])[],
  ): Promise<void> {
    try {
      const begun = new Set<Alarm['kind']>();
      for (const [id, { full, count }] of untold)
        if (await this.#keep(id, full, count)) begun.add(full.kind);
      for (const kind of begun)
        this.#basics.log('warn', kind === 'webhook' ? PAUSED : FULL, { kind });
      for (const { id } of (await this.#kept()).filter(isOfOne).slice(MOST_KEPT))
        await this.#basics.store.delete(place(id));
    } catch (error) {
      this.#basics.log('warn', 'alarms could not be kept', { why: String(error) });
    }
    this.#tell();
  }

  async #kept(): Promise<readonly Alarm[]> {
    const found = await this.#basics.store.list<Alarm>('alarm:');
    return found.map(([, alarm]) => alarm).sort((a, b) => b.sinceMs - a.sinceMs);
  }

  /** Whether it is a new one. */
  async #keep(id: string, { kind, who, untilMs }: Full, count: number): Promise<boolean> {
    const { store, now } = this.#basics;
    let isNew = false;
    await store.update<Alarm>(place(id), (before) => {
      const goesOn = before !== undefined && before.untilMs > now();
      isNew = !goesOn;
      const since = goesOn ? before : { sinceMs: now(), count: 0 };
      const alarm: Alarm = {
        id,
        kind,
        who,
        untilMs,
        sinceMs: since.sinceMs,
        count: since.count + count,
      };
      return { value: alarm, expiresAtMs: untilMs + KEPT_MS };
    });
    return isNew;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** About one source, and not about all of them. */
function isOfOne({ kind }: Alarm): boolean {
  return kind === 'caller' || kind === 'login';
}

function place(id: string): string {
  return `alarm:${id}`;
}
