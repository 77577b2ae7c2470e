import type { RoomEvent } from './event.ts';
import { isParticipantId, isRoomId } from './room.ts';
import type { Participant } from './room.ts';
import {
  hasShape,
  isCount,
  isFlag,
  isOneOf,
  isOptional,
  isRecord,
  isText,
  isWithin,
} from './shape.ts';
import type { Check, Shape } from './shape.ts';

export const isRoom: Check = (value) => typeof value === 'string' && isRoomId(value);
const isLeg: Check = (value) => typeof value === 'string' && isParticipantId(value);
const isVolume = isWithin(-4, 4);

const PARTICIPANT = {
  id: isLeg,
  name: isText,
  number: isText,
  via: isOneOf('phone', 'browser'),
  role: isOneOf('moderator', 'participant'),
  state: isOneOf('lobby', 'joined'),
  muted: isFlag,
  deaf: isFlag,
  held: isFlag,
  talking: isFlag,
  hand: isFlag,
  volume: hasShape({ in: isVolume, out: isVolume }),
  joinedAtMs: isCount,
  personId: isOptional(isText),
} satisfies Record<keyof Participant, Check>;

const EVENTS = {
  'room-opened': { room: isRoom, openedAtMs: isCount },
  'room-updated': { room: isRoom, locked: isFlag, recording: isFlag },
  'room-closed': { room: isRoom },
  'participant-updated': { room: isRoom, participant: hasShape(PARTICIPANT) },
  'participant-left': {
    room: isRoom,
    id: isLeg,
    reason: isOneOf('hung-up', 'removed', 'meeting-ended', 'connection-lost'),
  },
} satisfies Record<RoomEvent['kind'], Shape>;

const EVENT_CHECKS: ReadonlyMap<unknown, Check> = new Map(
  Object.entries(EVENTS).map(([kind, shape]) => [kind, hasShape(shape)]),
);

const checkParticipant = hasShape(PARTICIPANT);

export function isParticipant(value: unknown): value is Participant {
  return checkParticipant(value);
}

export function isRoomEvent(value: unknown): value is RoomEvent {
  return isRecord(value) && EVENT_CHECKS.get(value.kind)?.(value) === true;
}
