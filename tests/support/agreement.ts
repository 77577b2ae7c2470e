import type { MeetingView } from '../../protocol/http/views.ts';
import { isRecord, parseJson } from '../../protocol/room/shape.ts';
import type { EslClient } from './esl-client.ts';
import { eventually } from './eventually.ts';
import type { Product } from './product.ts';

/** One person in a room, as either side tells it. */
export interface Told {
  readonly id: string;
  readonly muted: boolean;
  readonly deaf: boolean;
}

/**
 * Waits until our API lists just the people that the switch has in the room, muted and deaf as
 * there, and the switch has no channel but theirs. Gives them.
 */
export function agreement(
  product: Product,
  meeting: MeetingView,
  esl: EslClient,
  withinMs: number,
): Promise<readonly Told[]> {
  let last = '';
  const look = async (): Promise<readonly Told[] | undefined> => {
    const people = await product.participants(meeting);
    const api = sorted(people.map(({ id, muted, deaf }) => ({ id, muted, deaf })));
    const room = sorted(inRoom(await esl.api(`conference ${meeting.id} json_list`)));
    const channels = channelIds(await esl.api('show channels as json'));
    last = JSON.stringify({ api, room, channels });
    const ids = room.map(({ id }) => id).join();
    return JSON.stringify(api) === JSON.stringify(room) && channels.join() === ids
      ? room
      : undefined;
  };
  return eventually('API and switch agree', look, withinMs).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${last}`);
  });
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
