import type { Note } from '../../protocol/room/feed.ts';
import { ALL } from './event-log.ts';
import type { LoggedEvent } from './event-log.ts';

/** An entry of a stream of ours, by whichever command it was read. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** What an entry of the stream of `meeting` says. */
export function eventOf(meeting: string, id: string, fields: Fields): LoggedEvent {
  return {
    meeting,
    seq: numberOf(id),
    atMs: Number(fields.t),
    note: JSON.parse(fields.n ?? '') as Note,
  };
}

/** An entry of the stream of everything, as its meeting's event too, where it is of one. */
export function eventsOf(id: string, fields: Fields): readonly LoggedEvent[] {
  const event = eventOf(ALL, id, fields);
  const { m: meeting = ALL, s } = fields;
  return meeting === ALL ? [event] : [{ ...event, meeting, seq: Number(s) }, event];
}

/** Fields as the server answers them, name and value by turns. */
export function fieldsOf(flat: readonly string[]): Fields {
  return Object.fromEntries(
    flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : [])),
  );
}

export function numberOf(id: string): number {
  return Number(id.split('-')[0]);
}
