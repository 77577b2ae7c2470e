import type { AccountView, TrunkView } from '../../protocol/http/views.ts';
import type { Command } from '../command.ts';
import { word } from '../command.ts';
import { BAN_COMMANDS } from './bans.ts';
import { PEOPLE_COMMANDS } from './people.ts';
import { deletes, lists } from './shapes.ts';
import { TRUNK_COMMANDS } from './trunks.ts';

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
  ...PEOPLE_COMMANDS,
  {
    name: 'accounts restore',
    summary: 'Have a deleted account back, with its password as it was; within an hour',
    words: ['USERNAME'],
    run: async (context) => {
      const { username } = await context.connect().house.restoreAccount(word(context, 0));
      return { kind: 'said', sentence: `${username} is back.`, value: { username } };
    },
  },
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
  ...TRUNK_COMMANDS,
  ...BAN_COMMANDS,
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
