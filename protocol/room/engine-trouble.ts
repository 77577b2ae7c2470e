import type { EngineStatus } from './control.ts';

/** What is wrong with an engine, as one English sentence for whoever runs it; undefined when joined. */
export function engineTrouble({ node, state, detail }: EngineStatus): string | undefined {
  if (state === 'joined') return undefined;
  const verb = state === 'refused' ? 'refuses our connection' : 'is not connected yet';
  const trouble = `FreeSWITCH at ${node} ${verb}`;
  return detail === undefined ? `${trouble}.` : `${trouble}: ${detail}`;
}
