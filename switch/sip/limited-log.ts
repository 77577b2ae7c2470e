import type { Log } from '../../protocol/log.ts';

export interface LogPace {
  readonly everyMs: number;
  readonly now: () => number;
  /** `warn` when absent. */
  readonly level?: 'warn' | 'error';
}

/**
 * A line of one kind, at most once in `everyMs`: what anybody on the network can cause must
 * not fill a disk. The next line says how many were left out.
 */
export function limitedLog(
  log: Log,
  message: string,
  { everyMs, now, level = 'warn' }: LogPace,
): (fields: Readonly<Record<string, unknown>>) => void {
  let next = -Infinity;
  let leftOut = 0;
  return (fields) => {
    if (now() < next) {
      leftOut += 1;
      return;
    }
    log(level, message, leftOut > 0 ? { ...fields, leftOut } : fields);
    next = now() + everyMs;
    leftOut = 0;
  };
}
