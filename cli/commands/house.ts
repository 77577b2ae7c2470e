import type { KeyView, PersonView } from '../../protocol/http/people.ts';
import type { AccountView, TrunkView } from '../../protocol/http/views.ts';
import type { PartylineClient } from '../../api/client/client.ts';
import type { Command, Shown } from '../command.ts';
import { word } from '../command.ts';
import type { Column } from '../table.ts';

type Rows = (client: PartylineClient) => AsyncIterable<object>;

export const HOUSE_COMMANDS: readonly Command[] = [
  lists('accounts list', "Desk phones' accounts", ({ house }) => house.accounts(), [
    { title: 'USERNAME', of: ({ username }: AccountView) => username },
    { title: 'NAME', of: ({ name }: AccountView) => name },
    { title: 'REGISTERED', of: ({ registered }: AccountView) => registered[0]?.address },
  ]),
  {
    name: 'accounts create',
    summary: 'Make an account; its password is shown once',
    words: ['USERNAME', 'NAME'],
    secrets: true,
    run: async (context) => {
      const wish = { username: word(context, 0), name: word(context, 1) };
      const { username, password, server } = await context.connect().house.createAccount(wish);
      return { kind: 'facts', value: { username, password, server: server.address } };
    },
  },
  {
    name: 'accounts rotate',
    summary: 'A new password, shown once',
    words: ['USERNAME'],
    secrets: true,
    run: async (context) => {
      const made = await context.connect().house.rotateAccount(word(context, 0));
      return { kind: 'facts', value: { username: made.username, password: made.password } };
    },
  },
  deletes('accounts delete', 'USERNAME', ({ house }, name) => house.deleteAccount(name)),
  lists('people list', 'Who has an account at the console', ({ house }) => house.people(), [
    { title: 'ID', of: ({ id }: PersonView) => id },
    { title: 'NAME', of: ({ name }: PersonView) => name },
    { title: 'ROLE', of: ({ role }: PersonView) => role },
    { title: 'LOGIN', of: ({ login }: PersonView) => login },
    { title: 'DISABLED', of: ({ disabled }: PersonView) => disabled },
  ]),
  lists('keys list', 'Keys of programs', ({ house }) => house.keys(), [
    { title: 'ID', of: ({ id }: KeyView) => id },
    { title: 'NAME', of: ({ name }: KeyView) => name },
    { title: 'SCOPES', of: ({ scopes }: KeyView) => scopes.join(' ') },
    { title: 'EXPIRES', of: ({ expiresAt }: KeyView) => expiresAt },
    { title: 'LAST USED', of: ({ lastUsedAt }: KeyView) => lastUsedAt },
  ]),
  deletes('keys delete', 'ID', ({ house }, id) => house.deleteKey(id)),
  lists('trunks list', 'Lines to the telephone network', ({ house }) => house.trunks(), [
    { title: 'NAME', of: ({ name }: TrunkView) => name },
    { title: 'SERVER', of: ({ server }: TrunkView) => server },
    { title: 'LINE', of: ({ line }: TrunkView) => line?.state },
    {
      title: 'NUMBERS',
      of: ({ numbers }: TrunkView) => numbers.map((one) => one.number).join(' '),
    },
    { title: 'DETAIL', of: ({ line }: TrunkView) => line?.detail },
  ]),
  lists('recordings list', 'Recordings, the newest first', ({ line }) => line.each('/recordings'), [
    { title: 'ID', of: ({ id }: Recording) => id },
    { title: 'MEETING', of: ({ meeting }: Recording) => meeting },
    { title: 'NAME', of: ({ name }: Recording) => name },
    { title: 'STATE', of: ({ state }: Recording) => state },
    { title: 'STARTED', of: ({ startedAt }: Recording) => startedAt },
  ]),
];

interface Recording {
  readonly id: string;
  readonly meeting?: string;
  readonly name?: string;
  readonly state?: string;
  readonly startedAt?: string;
}

function lists(name: string, summary: string, rows: Rows, columns: readonly Column[]): Command {
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

function deletes(
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
