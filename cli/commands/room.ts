import type { Participant, RoomClient } from '../../api/client/meetings.ts';
import type { Command, Context, Shown } from '../command.ts';
import { isSet, UsageError, word } from '../command.ts';
import type { Column } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'ID', of: ({ id }: Participant) => id.slice(0, 8) },
  { title: 'NAME', of: ({ name }: Participant) => name },
  { title: 'NUMBER', of: ({ number }: Participant) => number },
  { title: 'VIA', of: ({ via }: Participant) => via },
  { title: 'ROLE', of: ({ role }: Participant) => role },
  { title: 'STATE', of: ({ state }: Participant) => state },
  { title: 'MUTED', of: ({ muted }: Participant) => muted },
  { title: 'TALKS', of: ({ talking }: Participant) => talking },
  { title: 'HAND', of: ({ hand }: Participant) => hand },
];

const WHO = ['MEETING', 'WHO?'] as const;
const ALL = { all: { type: 'boolean', meaning: 'everybody but moderators' } } as const;

export const ROOM_COMMANDS: readonly Command[] = [
  {
    name: 'participants',
    summary: "Who is in a meeting's room",
    words: ['MEETING'],
    run: async (context) => {
      const value = await peopleIn(context.connect().room(word(context, 0)));
      return { kind: 'list', value, columns: COLUMNS };
    },
  },
  {
    name: 'kick',
    summary: 'Remove somebody; WHO is an id, its beginning, or a name',
    words: ['MEETING', 'WHO'],
    flags: { ban: { type: 'boolean', meaning: 'they may not come back' } },
    run: async (context) => {
      const { room, person } = await found(context);
      await room.remove(person.id, { ban: isSet(context, 'ban') });
      return said(person, 'is removed');
    },
  },
  {
    name: 'mute',
    summary: 'Mute somebody, or all but moderators',
    words: WHO,
    flags: ALL,
    run: (context) => setMuted(context, true),
  },
  {
    name: 'unmute',
    summary: 'Unmute somebody, or all whom a moderator muted',
    words: WHO,
    flags: { all: { type: 'boolean', meaning: 'all whom a moderator muted' } },
    run: (context) => setMuted(context, false),
  },
];

async function setMuted(context: Context, muted: boolean): Promise<Shown> {
  const wish = muted ? 'muted' : 'unmuted';
  if (isSet(context, 'all')) {
    if (context.words.length > 1) throw new UsageError('Name somebody or give --all, not both.');
    const room = context.connect().room(word(context, 0));
    await (muted ? room.muteAll() : room.unmuteAll());
    return { kind: 'said', sentence: `All are being ${wish}.`, value: { all: true, muted } };
  }
  if (context.words.length < 2) throw new UsageError('Name somebody, or give --all.');
  const { room, person } = await found(context);
  await room.change(person.id, { muted });
  return said(person, `is being ${wish}`);
}

function said({ id, name }: Participant, what: string): Shown {
  return { kind: 'said', sentence: `${name} ${what}.`, value: { id, name } };
}

async function peopleIn(room: RoomClient): Promise<readonly Participant[]> {
  const people: Participant[] = [];
  for await (const person of room.people()) people.push(person);
  return people;
}

/** The one whom the second word means. */
async function found(context: Context) {
  const [meeting, who] = [word(context, 0), word(context, 1)];
  const room = context.connect().room(meeting);
  const people = await peopleIn(room);
  return { room, person: personNamed(people, who) };
}

/** By the whole id or name, else by how the id begins. Throws where that is nobody, or several. */
function personNamed(people: readonly Participant[], who: string): Participant {
  const exact = people.filter(({ id, name }) => id === who || same(name, who));
  const fitting = exact.length > 0 ? exact : people.filter(({ id }) => id.startsWith(who));
  const [first, ...others] = fitting;
  if (first === undefined)
    throw new UsageError('Nobody in the room is called so; "participants" lists them.');
  if (others.length === 0) return first;
  const ids = fitting.map(({ id }) => id.slice(0, 8)).join(', ');
  throw new UsageError(`Several are called so: take one of the ids ${ids}.`);
}

function same(name: string, other: string): boolean {
  return name.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();
}
