import { Child } from './child.ts';

/** What every run of a test gets unless it says otherwise: free ports, a range of its own for audio. */
const DEFAULTS = { HTTP_PORT: '0', SIP_PORT: '0', RTP_PORTS: '30000-34999' };

/** `npm start` with these settings and no others, as its script in package.json runs it. */
export function program(settings: Readonly<Record<string, string>>, ...args: string[]): Child {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...DEFAULTS, ...settings };
  return new Child(process.execPath, ['--import', 'tsx', 'main.ts', ...args], env);
}

/** Runs it to its end: what it printed, and its exit code. */
export async function ended(
  child: Child,
): Promise<{ readonly text: string; readonly code: number }> {
  const code = (await child.exit()) ?? -1;
  return { text: child.printed, code };
}
