import type { Operation } from '../operations/operation.ts';
import { tagOf } from '../openapi/tags.ts';

export interface Chapter {
  readonly name: string;
  readonly anchor: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

/** The operations by their chapters, in the order in which chapters first come. */
export function chaptersOf(operations: readonly Operation[]): readonly Chapter[] {
  const tags = new Map(operations.map(({ path }) => [tagOf(path).name, tagOf(path)]));
  return [...tags.values()].map(({ name, description = '' }) => ({
    name,
    description,
    anchor: name.toLowerCase().replace(/\W+/g, '-'),
    operations: operations.filter(({ path }) => tagOf(path).name === name),
  }));
}
