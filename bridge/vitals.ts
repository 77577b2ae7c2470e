/** What FreeSWITCH's `status` says of how it is. */
export interface Vitals {
  /** Idle per cent of its processors. */
  readonly idleCpu?: number;
  /** Sessions now, and how many it takes. */
  readonly sessions?: number;
  readonly maxSessions?: number;
  /** Milliseconds since it started. */
  readonly upMs?: number;
}

const UNITS: Readonly<Record<string, number>> = {
  year: 31_536_000_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1,
};

/** Reads the answer to `status` (switch_console's status_function); what is not there stays absent. */
export function readVitals(text: string): Vitals {
  const idleCpu = numberIn(/min idle cpu [\d.]+\/([\d.]+)/, text);
  const sessions = numberIn(/^(\d+) session\(s\) - peak/m, text);
  const maxSessions = numberIn(/^(\d+) session\(s\) max/m, text);
  const upMs = upIn(text);
  return {
    ...(idleCpu !== undefined && { idleCpu }),
    ...(sessions !== undefined && { sessions }),
    ...(maxSessions !== undefined && { maxSessions }),
    ...(upMs !== undefined && { upMs }),
  };
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** `UP 0 years, 0 days, 1 hour, 2 minutes, 3 seconds, 4 milliseconds, 5 microseconds`. */
function upIn(text: string): number | undefined {
  const line = /^UP (.*)$/m.exec(text)?.[1];
  if (line === undefined) return undefined;
  return [...line.matchAll(/(\d+) ([a-z]+?)s?(?:,|$)/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );
}
