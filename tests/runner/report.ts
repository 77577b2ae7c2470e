/** What one test file came to. */
export interface Played {
  readonly file: string;
  /** Can it be played by itself? What went wrong between files, and a check, can't. */
  readonly isFile: boolean;
  readonly passed: number;
  readonly skipped: number;
  /** At least one where the file could not even be loaded. */
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly test: string;
  /** As vitest printed it, colours and all. */
  readonly why: string;
}

/** What was counted. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Of the report that vitest's `json` reporter writes. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** File by file, what vitest's report says; neither passed nor failed is skipped. */
export function played({ testResults }: VitestReport): Played[] {
  return testResults.map(({ name, status, message, assertionResults }) => {
    const faults = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        test: fullName,
        why: (failureMessages ?? []).join('\n'),
      }));
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    const skipped = assertionResults.length - passed - faults.length;
    const isBroken = status === 'failed' && faults.length === 0;
    return {
      file: name,
      isFile: true,
      passed,
      skipped,
      faults: isBroken ? [{ test: '(the file itself)', why: message }] : faults,
    };
  });
}

/** More than these were not spoiled by chance. */
const BY_CHANCE = 10;

/** Those in which something failed. */
export function spoiled(files: readonly Played[]): Played[] {
  return files.filter(({ faults }) => faults.length > 0);
}

/** The files that are worth to be played again: what failed, unless it is too much for chance. */
export function worthAnother(files: readonly Played[]): string[] {
  const paths = spoiled(files.filter(({ isFile }) => isFile)).map(({ file }) => file);
  return paths.length > BY_CHANCE ? [] : paths;
}

/** Each file as it was played last, and what went wrong between files either time. */
export function lastOfEach(first: readonly Played[], again: readonly Played[]): Played[] {
  const replaced = new Set(again.map(({ file }) => file));
  return [...first.filter(({ file }) => !replaced.has(file)), ...again];
}

/** The sum over files. */
export function tallied(files: readonly Played[]): Tally {
  return files.reduce(
    (sum, { passed, faults, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + faults.length,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** How much of a fault's reason the end of a run repeats, in lines. */
const WHY_LINES = 12;

/** The faults of some files, for people to read: a line each, and the beginning of why. */
export function faultLines(files: readonly Played[], root: string): string[] {
  return files.flatMap(({ file, faults }) =>
    faults.flatMap(({ test, why }) => [
      `${file.replace(`${root}/`, '')} > ${test}`,
      ...why
        .split('\n')
        .slice(0, WHY_LINES)
        .map((line) => `    ${line}`),
    ]),
  );
}
