/** A `*` was pressed, and when. */
export interface Keypad {
  readonly starAtMs?: number;
}

export const IDLE: Keypad = {};

/** How long after `*` its digit may come. */
const WITHIN_MS = 3000;

/**
 * One key more. The second value is the digit that followed `*` in time; digits by themselves mean
 * nothing, and another `*` begins anew.
 */
export function press(
  keypad: Keypad,
  key: string,
  nowMs: number,
): readonly [Keypad, string | undefined] {
  if (key === '*') return [{ starAtMs: nowMs }, undefined];
  const { starAtMs } = keypad;
  const inTime = starAtMs !== undefined && nowMs - starAtMs <= WITHIN_MS;
  return [IDLE, inTime && /^[\d#]$/.test(key) ? key : undefined];
}
