import type { LineCall } from './calls.ts';

/** A call of before, kept in this browser alone. */
export interface RecentCall {
  readonly name: string;
  readonly number: string;
  readonly kind: 'in' | 'out' | 'missed';
  readonly atMs: number;
}

const KEY = 'partyline.recent-calls';
export const KEPT = 30;

/** The newest first. */
export function withRecent(
  calls: readonly RecentCall[],
  call: LineCall,
  nowMs: number,
): readonly RecentCall[] {
  const missed = call.direction === 'in' && call.answeredAtMs === undefined;
  const { name, number } = call.peer;
  const entry: RecentCall = { name, number, kind: missed ? 'missed' : call.direction, atMs: nowMs };
  return [entry, ...calls].slice(0, KEPT);
}

/** Whose calls they are: several people may share a browser. */
export function recallRecent(owner: string): readonly RecentCall[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`${KEY}.${owner}`) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRecent) : [];
  } catch {
    // Storage is forbidden, or holds what an older release wrote.
    return [];
  }
}

export function keepRecent(owner: string, calls: readonly RecentCall[]): void {
  try {
    localStorage.setItem(`${KEY}.${owner}`, JSON.stringify(calls));
  } catch {
    // Storage is full or forbidden: they are known until the page goes.
  }
}

function isRecent(value: unknown): value is RecentCall {
  const call = value as Partial<RecentCall> | null;
  return typeof call?.number === 'string' && typeof call.atMs === 'number';
}
