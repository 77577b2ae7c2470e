import type { RoomEvent } from './event.ts';
import type { OutboundCall } from './outbound-call.ts';
import { isQuality } from './quality.ts';
import { isCodec, isDevice, isParticipantId, isRoomId } from './room.ts';
import type { Participant, RoomEnd } from './room.ts';
import {
  hasShape,
  isCount,
  isFlag,
  isListOf,
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
const isTrue: Check = (value) => value === true;

const PARTICIPANT = {
  id: isLeg,
  name: isText,
  number: isText,
  unnamed: isOptional(isTrue),
  via: isOneOf('phone', 'browser'),
  role: isOneOf('moderator', 'participant'),
  state: isOneOf('lobby', 'joined'),
  muted: isFlag,
  mutedBy: isOptional(isOneOf('self', 'moderator', 'entry')),
  askedToUnmute: isOptional(isTrue),
  deaf: isFlag,
  held: isFlag,
  onHold: isOptional(isTrue),
  moving: isOptional(isTrue),
  talking: isFlag,
  hand: isFlag,
  handAtMs: isOptional(isCount),
  wantsHelp: isOptional(isTrue),
  volume: hasShape({ in: isVolume, out: isVolume }),
  unheard: isOptional(isListOf(isLeg)),
  joinedAtMs: isCount,
  personId: isOptional(isText),
  audioBy: isOptional(isLeg),
  device: isOptional((value) => typeof value === 'string' && isDevice(value)),
  codec: isOptional((value) => typeof value === 'string' && isCodec(value)),
  quality: isOptional(isQuality),
} satisfies Record<keyof Participant, Check>;

const CALL = {
  id: isLeg,
  name: isText,
  number: isText,
  personId: isOptional(isText),
  state: isOneOf('calling', 'ringing', 'asked', 'joined', 'ended'),
  end: isOptional(
    isOneOf(
      'busy',
      'declined',
      'no-answer',
      'not-accepted',
      'unreachable',
      'failed',
      'cancelled',
      'left',
    ),
  ),
  startedAtMs: isCount,
} satisfies Record<keyof OutboundCall, Check>;

export const isRoomEnd = hasShape({
  atMs: isCount,
  why: isOneOf('time', 'no-moderator', 'silence', 'empty', 'breakout'),
} satisfies Record<keyof RoomEnd, Check>);

const EVENTS = {
  'room-opened': { room: isRoom, openedAtMs: isCount },
  'room-updated': { room: isRoom, locked: isFlag, recording: isFlag },
  'room-ends': { room: isRoom, end: isOptional(isRoomEnd) },
  'room-closed': { room: isRoom },
  'participant-updated': { room: isRoom, participant: hasShape(PARTICIPANT) },
  'participant-left': {
    room: isRoom,
    id: isLeg,
    reason: isOneOf(
      ...(['hung-up', 'removed', 'refused', 'meeting-ended'] as const),
      ...(['connection-lost', 'moved', 'replaced'] as const),
    ),
  },
  'call-updated': { room: isRoom, call: hasShape(CALL) },
  'call-forgotten': { room: isRoom, id: isLeg },
} satisfies Record<RoomEvent['kind'], Shape>;

const EVENT_CHECKS: ReadonlyMap<unknown, Check> = new Map(
  Object.entries(EVENTS).map(([kind, shape]) => [kind, hasShape(shape)]),
);

const checkParticipant = hasShape(PARTICIPANT);
const checkCall = hasShape(CALL);

export function isParticipant(value: unknown): value is Participant {
  return checkParticipant(value);
}

export function isOutboundCall(value: unknown): value is OutboundCall {
  return checkCall(value);
}

export function isRoomEvent(value: unknown): value is RoomEvent {
  return isRecord(value) && EVENT_CHECKS.get(value.kind)?.(value) === true;
}
