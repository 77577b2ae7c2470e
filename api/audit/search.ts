import type { AuditLog } from '../../meetings/audit-log.ts';
import type { AuditEntry } from '../../meetings/rules/audit.ts';

export interface AuditFilter {
  readonly meeting?: string | undefined;
  readonly who?: string | undefined;
  readonly act?: string | undefined;
  readonly outcome?: 'done' | 'refused' | 'failed' | undefined;
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** The page after it begins below this number; absent where nothing is left. */
  readonly next?: number;
}

const CHUNK = 200;
/** Looked at for one page: a filter that fits hardly anything does not read the whole log at once. */
const MOST_LOOKED_AT = 20_000;

/** The newest that fit, numbered below `below`. */
export async function newestOf(
  audit: AuditLog,
  filter: AuditFilter,
  { below = Infinity, limit }: { readonly below: number | undefined; readonly limit: number },
): Promise<AuditPage> {
  const { first, last } = await audit.range();
  const found: AuditEntry[] = [];
  const top = Math.min(below, last + 1);
  let at = top;
  while (at > first && found.length < limit && top - at < MOST_LOOKED_AT) {
    const entries = await audit.read(Math.max(first, at - CHUNK), at - 1);
    found.push(...entries.filter((entry) => fits(entry, filter)).reverse());
    at = isBefore(entries[0], filter) ? first : at - CHUNK;
  }
  const shown = found.slice(0, limit);
  const next = found.length > limit ? (shown.at(-1)?.seq ?? first) : at;
  return next > first ? { entries: shown, next } : { entries: shown };
}

/** All that fit, in their order, some at a time. */
export async function* allOf(
  audit: AuditLog,
  filter: AuditFilter,
): AsyncGenerator<readonly AuditEntry[]> {
  const { first, last } = await audit.range();
  for (let from = first; from <= last; from += CHUNK) {
    const entries = await audit.read(from, Math.min(last, from + CHUNK - 1));
    yield entries.filter((entry) => fits(entry, filter));
  }
}

/** Nothing before it can fit. */
function isBefore(entry: AuditEntry | undefined, { since = 0 }: AuditFilter): boolean {
  return entry !== undefined && entry.atMs < since;
}

function fits(entry: AuditEntry, filter: AuditFilter): boolean {
  const { meeting, who, act, outcome, since = 0, until = Infinity } = filter;
  if (meeting !== undefined && entry.meeting !== meeting) return false;
  if (outcome !== undefined && !entry.outcome.startsWith(outcome)) return false;
  if (entry.atMs < since || entry.atMs >= until) return false;
  return has(entry.who, who) && has(entry.act, act);
}

function has(text: string, part = ''): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
