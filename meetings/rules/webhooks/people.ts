import type { EventType } from '../../../protocol/http/webhooks.ts';
import type { LeaveReason } from '../../../protocol/room/event.ts';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { personGist, UPDATED_FIELDS } from './gist.ts';

/** One event before it has its number. */
export interface Told {
  readonly type: EventType;
  readonly data: object;
}

/** What happened to people between two looks at a room: who left first, then the others. */
export function peopleTold(
  before: Room | undefined,
  after: Room | undefined,
  reason: LeaveReason | undefined,
): readonly Told[] {
  const [was, is] = [
    before?.people ?? new Map<never, never>(),
    after?.people ?? new Map<never, never>(),
  ];
  const left = [...was.values()].filter(({ id }) => !is.has(id));
  return [
    ...left.map((person) => about('participant.left', person, { reason: reason ?? 'hung-up' })),
    ...[...is.values()].flatMap((person) => changes(was.get(person.id), person)),
  ];
}

function changes(before: Participant | undefined, person: Participant): readonly Told[] {
  if (before === person) return [];
  if (before === undefined || before.state !== person.state)
    return [about(person.state === 'lobby' ? 'participant.waiting' : 'participant.joined', person)];
  const told = SWITCHES.flatMap(([field, on, off]) =>
    before[field] === person[field] ? [] : [about(person[field] ? on : off, person)],
  );
  const isUpdated = differs(before, person) && !told.some(({ type }) => tellsAll(type));
  return isUpdated ? [...told, about('participant.updated', person)] : told;
}

const SWITCHES = [
  ['muted', 'participant.muted', 'participant.unmuted'],
  ['hand', 'participant.hand_raised', 'participant.hand_lowered'],
  ['talking', 'participant.talking', 'participant.silent'],
] as const satisfies readonly (readonly [keyof Participant, EventType, EventType])[];

/** Every event carries the person whole; talking comes and goes by itself. */
function tellsAll(type: EventType): boolean {
  return type !== 'participant.talking' && type !== 'participant.silent';
}

function differs(before: Participant, after: Participant): boolean {
  const [was, is] = [before.volume, after.volume];
  return (
    was.in !== is.in ||
    was.out !== is.out ||
    UPDATED_FIELDS.some((field) => before[field] !== after[field])
  );
}

function about(type: EventType, person: Participant, more: object = {}): Told {
  return { type, data: { participant: personGist(person), ...more } };
}
