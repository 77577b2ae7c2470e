import type { Log } from '../../protocol/log.ts';

/**
 * A warning of one kind, at most one line in `everyMs`: what anybody on the network can cause must
 * not fill a disk. The next line says how many were left out.
 */
export function limitedWarning(
  log: Log,
  message: string,
  { everyMs, now }: { readonly everyMs: number; readonly now: () => number },
): (fields: Readonly<Record<string, unknown>>) => void {
  let next = -Infinity;
  let leftOut = 0;
  return (fields) => {
    if (now() < next) {
      leftOut += 1;
      return;
    }
    log('warn', message, leftOut > 0 ? { ...fields, leftOut } : fields);
    next = now() + everyMs;
    leftOut = 0;
  };
}
