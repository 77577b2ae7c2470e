import type { z } from 'zod';
import { keyWish, personWish } from '../../api/schemas/people.ts';
import type { KeyView, PersonView } from '../../protocol/http/people.ts';
import type { Command, Context } from '../command.ts';
import { text, UsageError, word } from '../command.ts';
import { deletes, lists } from './shapes.ts';

/** Who may use the console and the API: people, and keys for programs. */
export const PEOPLE_COMMANDS: readonly Command[] = [
  lists('people list', 'Who has an account at the console', ({ house }) => house.people(), [
    { title: 'ID', of: ({ id }: PersonView) => id },
    { title: 'NAME', of: ({ name }: PersonView) => name },
    { title: 'ROLE', of: ({ role }: PersonView) => role },
    { title: 'LOGIN', of: ({ login }: PersonView) => login },
    { title: 'DISABLED', of: ({ disabled }: PersonView) => disabled },
  ]),
  {
    name: 'people add',
    summary: 'Make an account for the console; its one-time password is shown once',
    words: ['LOGIN', 'NAME'],
    flags: {
      role: {
        type: 'string',
        value: 'ROLE',
        meaning: 'owner, moderator, participant or observer; else moderator',
      },
    },
    secrets: true,
    run: async (context) => {
      const made = await context.connect().house.createPerson(personOf(context));
      const { id, login, role, oneTimePassword } = made;
      return { kind: 'facts', value: { id, login, role, oneTimePassword } };
    },
  },
  lists('keys list', 'Keys of programs', ({ house }) => house.keys(), [
    { title: 'ID', of: ({ id }: KeyView) => id },
    { title: 'NAME', of: ({ name }: KeyView) => name },
    { title: 'SCOPES', of: ({ scopes }: KeyView) => scopes.join(' ') },
    { title: 'EXPIRES', of: ({ expiresAt }: KeyView) => expiresAt },
    { title: 'LAST USED', of: ({ lastUsedAt }: KeyView) => lastUsedAt },
  ]),
  {
    name: 'keys create',
    summary:
      'Make a key for a program; it is shown once. SCOPES: such as meetings:read,rooms:control',
    words: ['NAME', 'SCOPES'],
    flags: {
      expires: {
        type: 'string',
        value: 'TIME',
        meaning: 'such as 2027-01-01T00:00:00Z; else never',
      },
    },
    secrets: true,
    run: async (context) => {
      const made = await context.connect().house.createKey(keyOf(context));
      const { id, scopes, expiresAt, key } = made;
      return { kind: 'facts', value: { id, scopes, ...(expiresAt && { expiresAt }), key } };
    },
  },
  deletes('keys delete', 'ID', ({ house }, id) => house.deleteKey(id)),
];

const ROLES = personWish.shape.role.options;
const SCOPES = keyWish.shape.scopes.element.options;

function personOf(context: Context): z.input<typeof personWish> {
  const role = among(ROLES, text(context, 'role') ?? 'moderator', '--role');
  return { login: word(context, 0), name: word(context, 1), role };
}

function keyOf(context: Context): z.input<typeof keyWish> {
  const expiresAt = text(context, 'expires');
  const scopes = word(context, 1)
    .split(',')
    .map((scope) => among(SCOPES, scope, 'SCOPES'));
  return { name: word(context, 0), scopes, ...(expiresAt !== undefined && { expiresAt }) };
}

/** What was typed, where it is one of these. */
function among<T extends string>(allowed: readonly T[], typed: string, what: string): T {
  const found = allowed.find((each) => each === typed);
  if (found !== undefined) return found;
  throw new UsageError(`${what} must be of ${allowed.join(', ')}.`);
}
