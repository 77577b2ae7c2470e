import type { HouseBanView } from '../../protocol/http/views.ts';
import type { Command, Context } from '../command.ts';
import { isSet, text, UsageError, word } from '../command.ts';
import { lists } from './shapes.ts';

/** Who may not come into one meeting, or into any. */
export const BAN_COMMANDS: readonly Command[] = [
  lists('bans list', 'Who is banned, from a meeting or from all', ({ house }) => house.bans(), [
    { title: 'ID', of: ({ id }: HouseBanView) => id },
    { title: 'NAME', of: ({ name }: HouseBanView) => name },
    { title: 'NUMBER', of: ({ number }: HouseBanView) => number },
    { title: 'FROM', of: ({ meeting }: HouseBanView) => meeting?.name ?? 'every meeting' },
    { title: 'BY', of: ({ by }: HouseBanView) => by },
    { title: 'SINCE', of: ({ bannedAt }: HouseBanView) => bannedAt },
    { title: 'UNTIL', of: ({ until }: HouseBanView) => until },
  ]),
  {
    name: 'bans add',
    summary: 'Ban a number from every meeting; with a flag, a desk phone or a person',
    words: ['WHO'],
    flags: {
      account: { type: 'boolean', meaning: "WHO is a desk phone's user name" },
      person: { type: 'boolean', meaning: "WHO is the id of somebody's account" },
      name: { type: 'string', value: 'NAME', meaning: 'how the list calls them' },
      until: { type: 'string', value: 'TIME', meaning: 'such as 2026-12-01T00:00:00Z' },
    },
    run: add,
  },
  {
    name: 'bans lift',
    summary: 'Lift a ban, of whichever meeting or of all',
    words: ['ID'],
    run: async (context) => {
      const id = word(context, 0);
      await context.connect().house.liftBan(id);
      return { kind: 'said', sentence: `${id} is lifted.`, value: { id } };
    },
  },
];

async function add(context: Context) {
  const [account, person] = [isSet(context, 'account'), isSet(context, 'person')];
  if (account && person) throw new UsageError('Give --account or --person, not both.');
  const who = account ? 'account' : person ? 'person' : 'number';
  const [name, until] = [text(context, 'name'), text(context, 'until')];
  const value = await context.connect().house.ban({
    [who]: word(context, 0),
    ...(name !== undefined && { name }),
    ...(until !== undefined && { until }),
  });
  const sentence = `${value.name} is banned from every meeting; the ban is ${value.id}.`;
  return { kind: 'said', sentence, value } as const;
}
