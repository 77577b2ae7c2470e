import type { SystemFinding, SystemFindingKind } from '../http/system.ts';

type Values = SystemFinding['values'];

export function good(kind: SystemFindingKind, found: string, values: Values = {}): SystemFinding {
  return { kind, mark: 'ok', found, values };
}

/** Something to mend: what was found and what to do. */
export function bad(
  [kind, mark]: readonly [SystemFindingKind, 'warning' | 'fault'],
  found: string,
  remedy: string,
  values: Values = {},
): SystemFinding {
  return { kind, mark, found, remedy, values };
}
