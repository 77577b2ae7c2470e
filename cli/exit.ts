import { FeedEnded } from '../api/client/feed.ts';
import { ProblemError } from '../api/client/line.ts';
import { UsageError } from './command.ts';

/** How the program ends. */
export const EXIT = {
  done: 0,
  /** The server refused, or a report has a fault. */
  refused: 1,
  usage: 2,
  unreachable: 3,
  notAllowed: 4,
  notFound: 5,
} as const;

/** With which number an error ends the program; `undefined`: it is a mistake of ours. */
export function exitFor(error: unknown): number | undefined {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof FeedEnded) return EXIT.refused;
  if (!(error instanceof ProblemError)) return undefined;
  const { status } = error.problem;
  if (status === 0) return EXIT.unreachable;
  if (status === 401 || status === 403) return EXIT.notAllowed;
  return status === 404 ? EXIT.notFound : EXIT.refused;
}
