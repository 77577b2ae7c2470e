/** One sentence that the server tells of itself, and what is said in its place, of what the pattern caught. */
export type ReadinessWords = readonly (readonly [RegExp, (...caught: string[]) => string])[];

/** Why calls cannot be taken, or not all of them. */
export const readiness = {
  /** The server's sentences are English. */
  known: [] as ReadinessWords,
  toSystem: 'What to do',
};
