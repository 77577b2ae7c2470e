import type { IncomingMessage } from 'node:http';
import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { refusal } from '../problems.ts';

/** What somebody wants to read. */
export interface Wish {
  readonly meeting: RoomId | undefined;
  /** The first number; absent: a snapshot. */
  readonly from: number | undefined;
}

/** What the address of a WebSocket asks for. */
export function wishIn(url: string): Wish {
  const { searchParams } = new URL(url, 'http://localhost');
  for (const name of searchParams.keys())
    if (name !== 'meeting' && name !== 'from')
      throw refusal('bad-input', 'Leave the parameter out: it is not supported.', {
        field: name.slice(0, 100),
      });
  const meeting = searchParams.get('meeting') ?? undefined;
  const from = searchParams.get('from') ?? undefined;
  if (meeting !== undefined && !isRoomId(meeting))
    throw refusal('not-found', 'No meeting has that id.', { field: 'meeting' });
  return { meeting, from: from === undefined ? undefined : numberIn(from, 'from') };
}

/** The number behind the last that an `EventSource` was told (HTML, section 9.2.4). */
export function afterLastEvent({ headers }: IncomingMessage): number | undefined {
  const { 'last-event-id': last } = headers;
  return typeof last === 'string' && last !== '' ? numberIn(last, 'Last-Event-ID') + 1 : undefined;
}

function numberIn(text: string, field: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw refusal('bad-input', `"${field}" must be the number of an event.`, { field });
  return Number(text);
}
