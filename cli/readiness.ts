import type { PartylineClient } from '../api/client/client.ts';
import { ProblemError } from '../api/client/line.ts';

export interface Ready {
  readonly ready: boolean;
  readonly engines: readonly string[];
  readonly troubles?: readonly string[];
}

interface Said {
  readonly ready?: boolean;
  readonly engines?: readonly { readonly node: string; readonly state: string }[];
  readonly troubles?: readonly string[];
}

/** What `/readyz` says, which answers 503 where calls cannot be taken. Throws where nobody answers. */
export async function readiness(server: string, { bearer }: PartylineClient): Promise<Ready> {
  const answer = await fetch(`${server}/readyz`, {
    headers: { authorization: `Bearer ${bearer}` },
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  if (answer === undefined) throw unreachable(server);
  const { ready = false, engines = [], troubles = [] } = (await answer.json()) as Said;
  return {
    ready,
    engines: engines.map(({ node, state }) => `${node} ${state}`),
    ...(troubles.length > 0 && { troubles }),
  };
}

function unreachable(server: string): ProblemError {
  return new ProblemError({
    type: 'about:blank',
    title: 'No answer from the server',
    status: 0,
    detail: `No server answers at ${server}. Start it, or name another by --server.`,
  });
}
