import type { EngineStatus } from './control.ts';

/** What is wrong with an engine, as one English sentence for whoever runs it; undefined when joined. */
export function engineTrouble({ node, state, detail }: EngineStatus): string | undefined {
  if (state === 'joined') return undefined;
  const verb = state === 'refused' ? 'refuses our connection' : 'is not connected yet';
  return detail === undefined ? `${node} ${verb}.` : `${node} ${verb}: ${detail}`;
}
