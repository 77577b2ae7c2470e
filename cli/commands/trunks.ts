import type { z } from 'zod';
import { trunkWish } from '../../api/schemas/trunks.ts';
import type { Command, Context } from '../command.ts';
import { isSet, text, UsageError, word } from '../command.ts';
import { deletes } from './shapes.ts';

/** Lines to the telephone network. */
export const TRUNK_COMMANDS: readonly Command[] = [
  {
    name: 'trunks create',
    summary: 'Make a trunk; with --username its password is read from standard input',
    words: ['NAME', 'SERVER'],
    flags: {
      transport: { type: 'string', value: 'udp', meaning: 'udp, tcp or tls' },
      username: { type: 'string', value: 'USER', meaning: 'for signing in at the provider' },
      register: { type: 'boolean', meaning: 'register with the provider' },
      from: {
        type: 'string',
        value: 'NETWORKS',
        meaning: 'where its calls come from, such as 192.0.2.0/24, comma-separated',
      },
      numbers: {
        type: 'string',
        value: 'NUMBERS',
        meaning:
          '"+4930901234", "Berlin=+4930901234" or "Berlin=+4930901234;lang=de", comma-separated',
      },
      outbound: { type: 'boolean', meaning: 'meetings may call out by it' },
      'caller-id': { type: 'string', value: 'NUMBER', meaning: 'shown to those who are called' },
    },
    run: async (context) => {
      const { name, server } = await context.connect().house.createTrunk(await wishOf(context));
      const sentence = `${name} is made, at ${server}. Look at it with "partyline trunks test ${name}".`;
      return { kind: 'said', sentence, value: { name, server } };
    },
  },
  {
    name: 'trunks test',
    summary: 'Ask its server now whether it is there, and say what it said',
    words: ['NAME'],
    run: async (context) => {
      const name = word(context, 0);
      const told = await context.connect().house.testTrunk(name);
      return { kind: 'facts', value: { name, ...told } };
    },
  },
  deletes('trunks delete', 'NAME', ({ house }, name) => house.deleteTrunk(name)),
];

/** What was typed, as the API wants it; it says what is wrong with it before anything is asked. */
async function wishOf(context: Context): Promise<z.input<typeof trunkWish>> {
  const username = text(context, 'username');
  const callerId = text(context, 'caller-id');
  const transport = text(context, 'transport');
  const password = username === undefined ? '' : (await context.input()).trim();
  const read = trunkWish.safeParse({
    name: word(context, 0),
    server: word(context, 1),
    ...(transport !== undefined && { transport }),
    ...(username !== undefined && { username }),
    ...(password !== '' && { password }),
    ...(callerId !== undefined && { callerId }),
    register: isSet(context, 'register'),
    outbound: isSet(context, 'outbound'),
    addresses: parts(text(context, 'from')),
    numbers: parts(text(context, 'numbers')).map(numberOf),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function parts(list = ''): readonly string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** As DIAL_IN_NUMBERS are written. */
function numberOf(typed: string) {
  const match = /^(?:([^=;]{1,40})=)?(\+\d{4,15})(?:;lang=(en|de))?$/.exec(typed);
  const [, label, number, language] = match ?? [];
  if (number === undefined)
    throw new UsageError(`--numbers: "${typed}" is not such as Berlin=+4930901234;lang=de.`);
  return { number, label: label ?? number, ...(language !== undefined && { language }) };
}
