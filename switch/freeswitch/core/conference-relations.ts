import type { MemberMix } from '../../media/contract.ts';
import type { Conference, Member } from './conference.ts';
import { mixOf } from './conference.ts';
import { findMember } from './conference-target.ts';
import type { SwitchNode } from './node.ts';

/** FreeSWITCH reads so many ids of a list. */
const MOST_IDS = 100;

/** What a member is to another, whom it names by number (mod_conference's `conference_relationship_t`). */
export interface Relation {
  readonly to: number;
  /** The other hears this member. */
  readonly canSpeak: boolean;
  /** This member hears the other. */
  readonly canHear: boolean;
  readonly sendsVideo: boolean;
}

/** A member's part in the room's sound, with those whom it does not hear. */
export function mixIn(conference: Conference, member: Member): MemberMix {
  const unheard = conference.members
    .filter((other) => other !== member && !hears(member, other))
    .map(({ channel }) => channel.uuid);
  return { ...mixOf(member), ...(unheard.length > 0 && { unheard }) };
}

/** As mod_conference.c mixes: who does not speak to the listener, then whom the listener does not hear. */
function hears(listener: Member, other: Member): boolean {
  const silent = other.relations.some(({ to, canSpeak }) => to === listener.id && !canSpeak);
  return !silent && !listener.relations.some(({ to, canHear }) => to === other.id && !canHear);
}

/** A relation names a number, and a channel keeps its number: those who meant the newcomer mean it still. */
export function meets(node: SwitchNode, conference: Conference, newcomer: Member): void {
  for (const member of conference.members)
    if (member !== newcomer && member.relations.some(({ to }) => to === newcomer.id))
      mixAnew(node, conference, member);
}

/** Where `relate` works. */
interface Place {
  readonly node: SwitchNode;
  readonly conference: Conference;
}

/** `relate …` (conference_api_sub_relate); `undefined` where FreeSWITCH answers with the usage. */
export function relate(place: Place, argv: readonly string[]): string | undefined {
  const [, , ids, others, action] = argv;
  if (others === undefined) return listed(place.conference, ids);
  const wish = action === undefined ? undefined : wishOf(action);
  if (wish === undefined) return undefined;
  return numbers(ids ?? '')
    .flatMap((id) => numbers(others).map((other) => act(place, { id, other }, wish)))
    .join('');
}

type Wish = 'clear' | (Omit<Relation, 'to'> & { readonly word: string });

function wishOf(word: string): Wish | undefined {
  if (word.toLowerCase() === 'clear') return 'clear';
  const has = (part: string) => word.includes(part);
  if (!has('nospeak') && !has('nohear') && !has('sendvideo')) return undefined;
  return {
    word,
    canSpeak: !has('nospeak'),
    canHear: !has('nohear'),
    sendsVideo: has('sendvideo'),
  };
}

function act(
  { node, conference }: Place,
  { id, other: to }: { readonly id: number; readonly other: number },
  wish: Wish,
): string {
  const member = findMember(conference, String(id));
  const other = findMember(conference, String(to));
  const pair = `${id}->${to}`;
  if (member === undefined || (wish !== 'clear' && other === undefined))
    return `-ERR relationship ${pair} not found.\n`;
  member.relations = member.relations.filter((relation) => relation.to !== to);
  if (wish !== 'clear') {
    const { canSpeak, canHear, sendsVideo } = wish;
    member.relations = [{ to, canSpeak, canHear, sendsVideo }, ...member.relations];
    if (!canSpeak) member.talking = false;
  }
  mixAnew(node, conference, member);
  if (other !== undefined) mixAnew(node, conference, other);
  return wish === 'clear'
    ? `+OK relationship ${pair} cleared.\n`
    : `+OK ${pair} ${wish.word} set\n`;
}

/** Without ids FreeSWITCH says nothing at all, as long as there is a relation somewhere. */
function listed(conference: Conference, ids: string | undefined): string {
  if (conference.members.every(({ relations }) => relations.length === 0))
    return '+OK No relationships\n';
  return numbers(ids ?? '')
    .flatMap((id) => conference.members.filter((member) => id <= 0 || member.id === id))
    .flatMap((member) => member.relations.map((relation) => line(member, relation)))
    .join('');
}

function line({ id }: Member, { to, canSpeak, canHear, sendsVideo }: Relation): string {
  const speak = canSpeak ? 'SPEAK' : 'NOSPEAK';
  const hear = canHear ? 'HEAR' : 'NOHEAR';
  return `${id} -> ${to} ${speak} ${hear} ${sendsVideo ? 'SENDVIDEO' : 'NOSENDVIDEO'} \n`;
}

function numbers(list: string): readonly number[] {
  if (list === '') return [];
  return list
    .split(',')
    .slice(0, MOST_IDS)
    .map((text) => Number.parseInt(text, 10) || 0);
}

function mixAnew(node: SwitchNode, conference: Conference, member: Member): void {
  node.media({ kind: 'set-mix', leg: member.channel.uuid, mix: mixIn(conference, member) });
}
