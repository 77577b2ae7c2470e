import { rmSync } from 'node:fs';
import type { After } from '../../meetings/basics.ts';
import { openMeetings } from '../../meetings/open.ts';
import type { MeetingsParts, MeetingsSettings } from '../../meetings/open.ts';
import type { Random } from '../../meetings/rules/ids.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import type { Store } from '../../meetings/store/store.ts';
import { quickFolder } from './quick-folder.ts';

export const START_MS = Date.UTC(2026, 10, 22, 12);
export const ADMIN_KEY = 'a-key-only-this-test-knows';
/** Where people sign in from. */
export const FROM = { address: '192.0.2.1', userAgent: 'Test' } as const;

/** The same bytes for the same seed, as even as a test needs (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return (count) => Uint8Array.from({ length: count }, next);
}

/** A clock that a test sets forward. */
export class TestClock {
  nowMs = START_MS;
  readonly now = (): number => this.nowMs;

  pass(ms: number): void {
    this.nowMs += ms;
  }
}

/** Timers that run when a test lets time pass. */
export class TestTimers {
  #timers: { readonly run: () => void; leftMs: number }[] = [];
  readonly after: After = (ms, run) => {
    const timer = { run, leftMs: ms };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  };

  /** How long each has still to run. */
  get waiting(): readonly number[] {
    return this.#timers.map(({ leftMs }) => leftMs);
  }

  pass(ms: number): void {
    for (const timer of this.#timers) timer.leftMs -= ms;
    const due = this.#timers.filter(({ leftMs }) => leftMs <= 0);
    this.#timers = this.#timers.filter(({ leftMs }) => leftMs > 0);
    for (const { run } of due) run();
  }
}

export interface TestMeetings {
  readonly parts: MeetingsParts;
  /** With which they were opened. */
  readonly settings: MeetingsSettings;
  readonly store: Store;
  readonly clock: TestClock;
  stop(): Promise<void>;
}

/** The real parts over a real LMDB store in a directory of their own. */
export async function startMeetings(more: Partial<MeetingsSettings> = {}): Promise<TestMeetings> {
  const directory = quickFolder('partyline');
  const clock = new TestClock();
  const store = openLmdb(directory, clock.now);
  const settings: MeetingsSettings = {
    store,
    now: clock.now,
    random: seeded(1),
    realm: 'partyline',
    adminKey: ADMIN_KEY,
    publicUrl: () => 'http://127.0.0.1:8080',
    sipHost: '127.0.0.1:5060',
    dialIn: [{ label: 'Access number', number: '7000' }],
    isLocked: () => false,
    ...more,
  };
  const parts = await openMeetings(settings);
  return {
    parts,
    settings,
    store,
    clock,
    stop: async () => {
      await parts.stop();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
