import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../../protocol/http/problem.ts';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { Waiting } from '../../style/waiting.tsx';

/** A list that is asked for. */
export interface Asked<T> {
  /** `undefined` until the server has answered once. */
  readonly list: ReadonlySignal<readonly T[] | undefined>;
  readonly problem: ReadonlySignal<Problem | undefined>;
  look(): Promise<void>;
}

export interface ListedRowsProps<T> {
  readonly of: Asked<T>;
  /** What is said where there is nothing. */
  readonly empty: ComponentChildren;
  readonly row: (item: T) => ComponentChildren;
  /** Only some of them; what is not shown does not count as nothing. */
  readonly only?: (item: T) => boolean;
}

/** Rows as the server has them: waited for, refused with a way to try again, none, or all. */
export function ListedRows<T>({ of, empty, row, only = () => true }: ListedRowsProps<T>) {
  const list = of.list.value;
  const problem = of.problem.value;
  const shown = list?.filter(only) ?? [];
  return (
    <>
      <ShownProblem problem={problem} onRetry={() => void of.look()} />
      {!list && !problem && <Waiting />}
      {list?.length === 0 && empty}
      {shown.length > 0 && <ul class="rows">{shown.map(row)}</ul>}
    </>
  );
}
