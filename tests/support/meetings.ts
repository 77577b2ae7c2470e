import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMeetings } from '../../meetings/open.ts';
import type { MeetingsParts, MeetingsSettings } from '../../meetings/open.ts';
import type { Random } from '../../meetings/rules/ids.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import type { Store } from '../../meetings/store/store.ts';

export const START_MS = Date.UTC(2026, 10, 22, 12);
export const ADMIN_KEY = 'a-key-only-this-test-knows';

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

export interface TestMeetings {
  readonly parts: MeetingsParts;
  readonly store: Store;
  readonly clock: TestClock;
  stop(): Promise<void>;
}

/** The real parts over a real LMDB store in a directory of their own. */
export async function startMeetings(more: Partial<MeetingsSettings> = {}): Promise<TestMeetings> {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-'));
  const clock = new TestClock();
  const store = openLmdb(directory, clock.now);
  const parts = await openMeetings({
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
  });
  return {
    parts,
    store,
    clock,
    stop: async () => {
      await parts.stop();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
