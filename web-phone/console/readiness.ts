import type { EngineStatus } from '../../protocol/room/control.ts';
import { engineTrouble } from '../../protocol/room/engine-trouble.ts';

/** Whether calls can be handled at the moment, as `GET /readyz` says. */
export type Readiness =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ready' }
  /** `sentences` say what is wrong and what to do. Calls come in all the same when `impaired`. */
  | { readonly kind: 'impaired' | 'not-ready'; readonly sentences: readonly string[] };

/** Reads the answer: 200 is ready; anything else explains itself by the engines it lists, if it does. */
export function readReadiness(status: number, body: unknown): Readiness {
  const troubled = enginesOf(body).filter((engine) => engine.state !== 'joined');
  if (status === 200 && troubled.length === 0 && troublesOf(body).length === 0)
    return { kind: 'ready' };
  const sentences = [
    ...troubled.flatMap((engine) => engineTrouble(engine) ?? []),
    ...troublesOf(body),
  ];
  return {
    kind: status === 200 ? 'impaired' : 'not-ready',
    sentences: sentences.length > 0 ? sentences : ['The server does not say why. See its log.'],
  };
}

function enginesOf(body: unknown): readonly EngineStatus[] {
  if (typeof body !== 'object' || body === null || !('engines' in body)) return [];
  return Array.isArray(body.engines) ? body.engines.filter(isEngine) : [];
}

/** What else is wrong, in sentences of the server's own. */
function troublesOf(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('troubles' in body)) return [];
  return Array.isArray(body.troubles)
    ? body.troubles.filter((each): each is string => typeof each === 'string')
    : [];
}

function isEngine(value: unknown): value is EngineStatus {
  return typeof value === 'object' && value !== null && 'node' in value && 'state' in value;
}
