import type { MeetingView } from '../../protocol/http/views.ts';
import { isRecord, parseJson } from '../../protocol/room/shape.ts';
import type { EslClient } from './esl-client.ts';
import { eventually } from './eventually.ts';
import type { PersonView, Product } from './product.ts';

/** One person in a room, as either side tells it. */
export interface Told {
  readonly id: string;
  readonly muted: boolean;
  readonly deaf: boolean;
}

/**
 * Waits until our API lists just the people that the switch has in the rooms of these meetings, muted
 * and deaf as there, and the switch has no channel but theirs and those of the lobbies. Gives who is
 * inside. `holds` says what must be so of our lists besides.
 */
export function agreement(
  { product, esl }: { readonly product: Product; readonly esl: EslClient },
  meetings: readonly MeetingView[],
  holds: (people: readonly PersonView[]) => boolean = () => true,
  withinMs = 12_000,
): Promise<readonly Told[]> {
  let last = '';
  const look = async (): Promise<readonly Told[] | undefined> => {
    const lists = await Promise.all(meetings.map((meeting) => product.participants(meeting)));
    const people = lists.flat();
    const inside = people.filter(({ state }) => state === 'joined');
    const api = sorted(inside.map(({ id, muted, deaf }) => ({ id, muted, deaf })));
    const rooms = meetings.map(({ id }) => esl.api(`conference ${id} json_list`));
    const room = sorted((await Promise.all(rooms)).flatMap(inRoom));
    const channels = channelIds(await esl.api('show channels as json'));
    const listed = people.map(({ id }) => id as string).sort();
    last = JSON.stringify({ people, room, channels });
    const agreed = isSame(api, room) && isSame(listed, channels) && holds(people);
    return agreed ? room : undefined;
  };
  return eventually('API and switch agree', look, withinMs).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${last}`);
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function sorted(people: readonly Told[]): Told[] {
  return people.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function inRoom(reply: string): Told[] {
  const list = parseJson(reply);
  if (!Array.isArray(list)) return [];
  const members = (list as readonly unknown[]).filter(isRecord).flatMap((room) => room.members);
  return members.filter(isRecord).map(({ uuid, flags }) => {
    const { can_speak, can_hear } = isRecord(flags) ? flags : {};
    return { id: String(uuid), muted: can_speak === false, deaf: can_hear === false };
  });
}

function channelIds(reply: string): string[] {
  const value = parseJson(reply);
  const rows = isRecord(value) && Array.isArray(value.rows) ? (value.rows as unknown[]) : [];
  return rows
    .filter(isRecord)
    .map(({ uuid }) => String(uuid))
    .sort();
}
