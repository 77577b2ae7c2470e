/** What came of looking at one thing. */
export type Mark =
  | 'ok'
  /** Works, and should be mended. */
  | 'warning'
  /** Does not work, or is open to others. */
  | 'fault'
  /** Could not be seen from here. */
  | 'unknown';

/** One line of a report. No secret is ever in one. */
export interface Finding {
  readonly mark: Mark;
  /** What was looked at, in a few words. */
  readonly what: string;
  /** What was found. */
  readonly found: string;
  /** What to do; present where something is to be mended. */
  readonly remedy?: string;
}

export function ok(what: string, found: string): Finding {
  return { mark: 'ok', what, found };
}

export function unknown(what: string, found: string): Finding {
  return { mark: 'unknown', what, found };
}

export function warning(what: string, found: string, remedy: string): Finding {
  return { mark: 'warning', what, found, remedy };
}

export function fault(what: string, found: string, remedy: string): Finding {
  return { mark: 'fault', what, found, remedy };
}

/** All that was found at one server. */
export interface Report {
  readonly server: string;
  readonly findings: readonly Finding[];
}

/** Whether nothing has to be mended before calls can be taken safely. */
export function isGood(reports: readonly Report[]): boolean {
  return reports.every(({ findings }) => findings.every(({ mark }) => mark !== 'fault'));
}

const SIGNS: Readonly<Record<Mark, string>> = { ok: '✓', warning: '!', fault: '✗', unknown: '?' };
const WIDTH = 26;

/** For a person: a line a finding, what to do below it. */
export function asText(reports: readonly Report[]): string {
  const blocks = reports.map(({ server, findings }) =>
    [server, ...findings.map(lineOf), summary(findings), ''].join('\n'),
  );
  return blocks.join('\n');
}

function lineOf({ mark, what, found, remedy }: Finding): string {
  const line = `  ${SIGNS[mark]} ${what.padEnd(WIDTH)} ${found}`;
  return remedy === undefined ? line : `${line}\n    ${''.padEnd(WIDTH)} → ${remedy}`;
}

function summary(findings: readonly Finding[]): string {
  const count = (mark: Mark): number => findings.filter((each) => each.mark === mark).length;
  return `  ${count('fault')} to mend, ${count('warning')} to look at, ${count('ok')} right, ${count('unknown')} not seen`;
}

/** For a program: `{ good, servers: [{ server, findings }] }`. */
export function asJson(reports: readonly Report[]): string {
  return `${JSON.stringify({ good: isGood(reports), servers: reports }, null, 2)}\n`;
}
