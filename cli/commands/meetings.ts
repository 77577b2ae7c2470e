import type { MeetingView } from '../../protocol/http/views.ts';
import type { Command, Context, Shown } from '../command.ts';
import { isSet, text, UsageError, word } from '../command.ts';
import type { Column } from '../table.ts';
import { deletes } from './shapes.ts';

const COLUMNS: readonly Column[] = [
  { title: 'ID', of: ({ id }: MeetingView) => id },
  { title: 'NAME', of: ({ name }: MeetingView) => name },
  { title: 'STATE', of: ({ state }: MeetingView) => state },
  { title: 'PEOPLE', of: ({ participants }: MeetingView) => participants },
  { title: 'EXT', of: ({ extension }: MeetingView) => extension },
  { title: 'STARTS', of: ({ startsAt }: MeetingView) => startsAt },
];

export const MEETING_COMMANDS: readonly Command[] = [
  {
    name: 'meetings list',
    summary: 'Meetings, the newest first',
    words: [],
    flags: {
      state: { type: 'string', value: 'STATE', meaning: 'planned, open or ended' },
      name: { type: 'string', value: 'TEXT', meaning: 'part of the name' },
      most: { type: 'string', value: 'N', meaning: 'how many; 50 where absent' },
    },
    run: list,
  },
  {
    name: 'meetings show',
    summary: 'One meeting with its rules',
    words: ['MEETING'],
    run: async (context) => {
      const { value } = await context.connect().meetings.get(word(context, 0));
      return { kind: 'facts', value };
    },
  },
  {
    name: 'meetings create',
    summary: 'Make a meeting; "codes" shows its codes and links',
    words: ['NAME'],
    flags: {
      extension: { type: 'string', value: 'DIGITS', meaning: 'what desk phones dial' },
      'starts-at': { type: 'string', value: 'TIME', meaning: 'such as 2026-11-23T09:00:00Z' },
      lobby: { type: 'boolean', meaning: 'participants wait until a moderator lets them in' },
      'mute-on-entry': { type: 'boolean', meaning: 'who comes in is muted' },
    },
    run: create,
  },
  {
    name: 'meetings end',
    summary: 'Hang everybody up and let nobody in any more',
    words: ['MEETING'],
    run: async (context) => {
      const value = await context.connect().meetings.end(word(context, 0));
      return { kind: 'said', sentence: `${value.name} has ended.`, value };
    },
  },
  deletes('meetings delete', 'MEETING', ({ meetings }, id) => meetings.delete(id)),
  {
    name: 'meetings restore',
    summary: 'Have a deleted meeting back, with its codes as they were; within an hour',
    words: ['MEETING'],
    run: async (context) => {
      const value = await context.connect().meetings.restore(word(context, 0));
      return { kind: 'said', sentence: `${value.name} is back.`, value };
    },
  },
  {
    name: 'codes',
    summary: "A meeting's codes, join links and numbers",
    words: ['MEETING'],
    secrets: true,
    run: async (context) => {
      const { value } = await context.connect().meetings.get(word(context, 0));
      const { codes, joinUrl, moderatorUrl, dialIn } = value;
      const dial = dialIn.map(({ label, number }) => `${label} ${number}`);
      return { kind: 'facts', value: { ...codes, joinUrl, moderatorUrl, dial } };
    },
  },
];

async function list(context: Context): Promise<Shown> {
  const most = Number(text(context, 'most') ?? 50);
  if (!Number.isInteger(most) || most < 1) throw new UsageError('--most must be a number above 0.');
  const wanted = {
    state: text(context, 'state'),
    name: text(context, 'name'),
    limit: Math.min(most, 1_000),
  };
  const value: MeetingView[] = [];
  for await (const meeting of context.connect().meetings.each(wanted)) {
    value.push(meeting);
    if (value.length === most) break;
  }
  return { kind: 'list', value, columns: COLUMNS };
}

async function create(context: Context): Promise<Shown> {
  const [extension, startsAt] = [text(context, 'extension'), text(context, 'starts-at')];
  const value = await context.connect().meetings.create({
    name: word(context, 0),
    ...(extension !== undefined && { extension }),
    ...(startsAt !== undefined && { startsAt }),
    ...(isSet(context, 'lobby') && { lobby: true }),
    ...(isSet(context, 'mute-on-entry') && { muteOnEntry: true }),
  });
  return { kind: 'said', sentence: value.id, value };
}
