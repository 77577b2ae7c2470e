import { Child } from './child.ts';

/** What every run of a test gets unless it says otherwise: free ports, a range of its own for audio. */
const DEFAULTS = { HTTP_PORT: '0', SIP_PORT: '0', RTP_PORTS: '30000-34999' };

/** What the script `start` in package.json has Node run. */
export const AS_NPM_STARTS: readonly string[] = ['--import', 'tsx', 'main.ts'];

/** Has Node run this with these settings and no others. */
export function program(run: readonly string[], settings: Readonly<Record<string, string>>): Child {
  const { PATH, HOME } = process.env;
  return new Child(process.execPath, run, { PATH, HOME, ...DEFAULTS, ...settings });
}

/** Runs it to its end: what it printed, and its exit code. */
export async function ended(
  child: Child,
): Promise<{ readonly text: string; readonly code: number }> {
  const code = (await child.exit()) ?? -1;
  return { text: child.printed, code };
}
