import type { PartylineClient } from '../../api/client/client.ts';
import type { Command, Shown } from '../command.ts';
import { word } from '../command.ts';
import type { Column } from '../table.ts';

type Rows = (client: PartylineClient) => AsyncIterable<object>;

/** Prints all rows, page by page. */
export function lists(
  name: string,
  summary: string,
  rows: Rows,
  columns: readonly Column[],
): Command {
  return {
    name,
    summary,
    words: [],
    run: async (context): Promise<Shown> => {
      const value: object[] = [];
      for await (const row of rows(context.connect())) value.push(row);
      return { kind: 'list', value, columns };
    },
  };
}

export function deletes(
  name: string,
  what: string,
  act: (client: PartylineClient, id: string) => Promise<void>,
): Command {
  return {
    name,
    summary: 'Delete one',
    words: [what],
    run: async (context) => {
      const id = word(context, 0);
      await act(context.connect(), id);
      return { kind: 'said', sentence: `${id} is deleted.`, value: { id } };
    },
  };
}
