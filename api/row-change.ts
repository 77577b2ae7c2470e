import type { RowField } from '../meetings/rules/access.ts';
import type { Actor, RoomCommand } from '../protocol/room/command.ts';
import type { Participant, RoomId } from '../protocol/room/room.ts';
import type { participantChange } from './schemas/participants.ts';

export type RowChange = ReturnType<typeof participantChange.parse>;

/** Whose row is changed, where, and as whom. */
export interface RowAt {
  readonly room: RoomId;
  readonly row: Participant;
  readonly by: Actor;
}

/** What a change names, for the question whether its sender may. */
export function fieldsOf(change: RowChange): readonly RowField[] {
  const { volume, ...rest } = change;
  const named = Object.keys(rest) as RowField[];
  const volumes: readonly RowField[] = [
    ...(volume?.in === undefined ? [] : (['volume.in'] as const)),
    ...(volume?.out === undefined ? [] : (['volume.out'] as const)),
  ];
  return [...named.filter((name) => rest[name as keyof typeof rest] !== undefined), ...volumes];
}

/** One wish a field, in a fixed order: who is let in and as what comes first. */
export function commandsFor({ room, row, by }: RowAt, change: RowChange): readonly RoomCommand[] {
  const at = { room, id: row.id };
  const { admitted, role, name, muted, deaf, held, hand, help, volume, unheard } = change;
  return [
    ...wish(admitted, (on) => ({ kind: on ? ('admit' as const) : ('remove' as const), ...at })),
    ...wish(role, (given) => ({ kind: 'set-role' as const, ...at, role: given })),
    ...wish(name, (given) => ({ kind: 'rename' as const, ...at, name: given })),
    ...wish(muted, (on) => ({ kind: 'set-muted' as const, ...at, on, by })),
    ...wish(deaf, (on) => ({ kind: 'set-deaf' as const, ...at, on })),
    ...wish(held, (on) => ({ kind: 'set-held' as const, ...at, on })),
    ...wish(hand, (on) => ({ kind: 'set-hand' as const, ...at, on, by })),
    ...wish(help, (on) => ({ kind: 'set-help' as const, ...at, on })),
    ...wish(unheard, ({ id: other, on }) => ({ kind: 'set-unheard', ...at, other, on })),
    ...wish(volume?.in, (level) => ({ kind: 'set-volume', ...at, direction: 'in', level })),
    ...wish(volume?.out, (level) => ({ kind: 'set-volume', ...at, direction: 'out', level })),
  ];
}

function wish<T>(value: T | undefined, make: (value: T) => RoomCommand): readonly RoomCommand[] {
  return value === undefined ? [] : [make(value)];
}
