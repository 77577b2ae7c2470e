/** Which rows of a list are selected. */
export interface Selection<T> {
  readonly ids: ReadonlySet<T>;
  /** Where a range begins: the row that was touched last. */
  readonly anchor?: T;
}

export function noneSelected<T>(): Selection<T> {
  return { ids: new Set() };
}

/** A click, or the space bar. */
export function toggled<T>({ ids }: Selection<T>, id: T): Selection<T> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** With shift: from the row that was touched last to this one, in the order of the list. */
export function extended<T>(selection: Selection<T>, id: T, order: readonly T[]): Selection<T> {
  const from = selection.anchor === undefined ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return toggled(selection, id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ...selection, ids: new Set([...selection.ids, ...range]) };
}

/** Everybody who is in the list; again: nobody of them. */
export function allOrNone<T>({ ids }: Selection<T>, order: readonly T[]): Selection<T> {
  if (order.every((id) => ids.has(id))) {
    const gone = new Set(order);
    return { ids: new Set([...ids].filter((id) => !gone.has(id))) };
  }
  return { ids: new Set([...ids, ...order]) };
}

/** Without those who left. The very same where nobody did. */
export function present<T>(selection: Selection<T>, isHere: (id: T) => boolean): Selection<T> {
  const ids = [...selection.ids].filter(isHere);
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) };
}
