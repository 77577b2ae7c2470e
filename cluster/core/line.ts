/** How far we have heard one process out. `undefined`: we wait for its snapshot. */
export type Line = number | undefined;

export type Heard =
  /** What it did, by one more number. */
  | { readonly kind: 'next'; readonly seq: number }
  /** The last number it gave. */
  | { readonly kind: 'beat'; readonly seq: number }
  /** All that it has, as of a number. */
  | { readonly kind: 'snapshot'; readonly seq: number };

export interface LineStep {
  readonly line: Line;
  /** Whether what was heard counts. */
  readonly take: boolean;
  /** Whether to ask for a snapshot: something was missed. */
  readonly ask: boolean;
}

/**
 * Finds what was missed. After a gap nothing counts until a snapshot; each beat asks for it again, for
 * the asking may be lost too.
 */
export function hear(line: Line, { kind, seq }: Heard): LineStep {
  if (kind === 'snapshot') return { line: seq, take: true, ask: false };
  if (line === undefined) return { line, take: false, ask: kind === 'beat' };
  if (kind === 'beat') return seq > line ? MISSED : { line, take: true, ask: false };
  if (seq <= line) return { line, take: false, ask: false };
  return seq === line + 1 ? { line: seq, take: true, ask: false } : MISSED;
}

const MISSED: LineStep = { line: undefined, take: false, ask: true };
