import type { MeetingView } from '../../protocol/http/views.ts';
import type { Rooms } from '../../protocol/room/room.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { lobbyOf } from '../feed/people.ts';
import { fits } from './fits.ts';

export const ORDERS = ['usual', 'name', 'people', 'newest'] as const;
export type Order = (typeof ORDERS)[number];

/** What of the list is wanted, and in which order. */
export interface ListWish {
  readonly typed: string;
  readonly order: Order;
}

/** Meetings that stand together; in an order of one's own all do, without a name. */
export interface MeetingGroup {
  readonly name?: GroupName;
  readonly meetings: readonly MeetingView[];
}

/** `now`: somebody is there or waits. `next`: it has a time to come. */
type GroupName = 'now' | 'next' | 'open' | 'ended';
const GROUPS: readonly GroupName[] = ['now', 'next', 'open', 'ended'];

type Compare = (a: MeetingView, b: MeetingView) => number;

/** A hundred times as fast as asking for one at each comparison; times in ISO 8601 need none. */
const names = new Intl.Collator();
const byName: Compare = (a, b) => names.compare(a.name, b.name);
const byAge: Compare = (a, b) => inTime(b.createdAt, a.createdAt) || byName(a, b);
const byStart: Compare = (a, b) => inTime(startOf(a), startOf(b)) || byName(a, b);
const byEnd: Compare = (a, b) => inTime(b.endedAt ?? '', a.endedAt ?? '') || byAge(a, b);

const WITHIN: Readonly<Record<GroupName, Compare>> = {
  now: byAge,
  next: byStart,
  open: byAge,
  ended: byEnd,
};

/** The meetings that fit: those with people first, then by when they start, the ended last. */
export function meetingGroups(
  meetings: Iterable<MeetingView>,
  rooms: Rooms,
  { typed, order }: ListWish,
): readonly MeetingGroup[] {
  const wanted = [...meetings].filter((each) => isWanted(each, typed));
  if (order !== 'usual') return [{ meetings: wanted.sort(ownOrder(order, rooms)) }];
  const named = wanted.map((meeting) => [groupOf(meeting, rooms), meeting] as const);
  return GROUPS.map((name) => {
    const inside = named.flatMap(([group, meeting]) => (group === name ? [meeting] : []));
    return { name, meetings: inside.sort(WITHIN[name]) };
  }).filter(({ meetings: inside }) => inside.length > 0);
}

function ownOrder(order: Exclude<Order, 'usual'>, rooms: Rooms): Compare {
  if (order === 'name') return byName;
  if (order === 'newest') return byAge;
  return (a, b) => peopleIn(b, rooms) - peopleIn(a, rooms) || byAge(a, b);
}

function inTime(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function groupOf(meeting: MeetingView, rooms: Rooms): GroupName {
  if (meeting.state === 'ended') return 'ended';
  if (peopleIn(meeting, rooms) + waitingIn(meeting, rooms) > 0) return 'now';
  return meeting.state === 'planned' ? 'next' : 'open';
}

function isWanted({ name, extension, codes }: MeetingView, typed: string): boolean {
  return typed.trim() === '' || fits(typed, [name, extension, codes.join]);
}

/** Of a series: the time that is next. */
export function startOf({ next, startsAt }: MeetingView): string {
  return next?.startsAt ?? startsAt ?? '';
}

/** Times of a series before the next one that do not take place. */
export function leftOutBefore(meeting: MeetingView): readonly string[] {
  const next = startOf(meeting);
  return (meeting.leftOut ?? []).filter((at) => next === '' || at < next);
}

export function peopleIn(meeting: MeetingView, rooms: Rooms): number {
  return peopleInside(rooms.get(meeting.id));
}

export function waitingIn(meeting: MeetingView, rooms: Rooms): number {
  return lobbyOf(rooms.get(meeting.id)).length;
}

/** Who talks in it now, in the order in which they came; no more than two names. */
export function talkersIn(meeting: MeetingView, rooms: Rooms): string {
  const people = [...(rooms.get(meeting.id)?.people.values() ?? [])];
  return people
    .filter(({ talking }) => talking)
    .slice(0, MOST_NAMED)
    .map(({ name }) => name)
    .join(', ');
}

const MOST_NAMED = 2;
