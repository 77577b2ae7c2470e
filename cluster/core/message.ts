import type { NodeLoad } from '../../bridge/several.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import { isRoom, isRoomEvent } from '../../protocol/room/check.ts';
import type { Outcome, RoomCommand } from '../../protocol/room/command.ts';
import type { EngineStatus } from '../../protocol/room/control.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { RoomSnapshot } from '../../protocol/room/feed.ts';
import { isParticipantId } from '../../protocol/room/room.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';
import {
  hasShape,
  isCount,
  isFlag,
  isListOf,
  isOneOf,
  isOptional,
  isRecord,
  isText,
  parseJson,
} from '../../protocol/room/shape.ts';
import type { Check, Shape } from '../../protocol/room/shape.ts';

/** A node and by what right it is driven. */
export interface Driven {
  readonly node: string;
  readonly token: number;
}

/** A node as its driver has it. */
export interface DrivenNode extends Driven {
  /** Whether all its rooms were listed since it is driven so. */
  readonly found: boolean;
  readonly rooms: readonly RoomSnapshot[];
}

/** A question that one process answers. */
export type Question =
  | { readonly kind: 'execute'; readonly command: RoomCommand }
  | { readonly kind: 'identity'; readonly leg: ParticipantId }
  /** Has everybody at a node go on at the others. */
  | { readonly kind: 'send-on'; readonly node: string };

export type Answer =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'identity'; readonly identity?: CallIdentity }
  /** It drives no such node or room; nothing was done. */
  | { readonly kind: 'not-mine' };

/** What processes say to each other. `seq` numbers all that one of them did, by one. */
export type Message =
  | ({ readonly kind: 'fact'; readonly from: string; readonly seq: number } & Driven & {
        readonly event: RoomEvent;
      })
  /** All rooms of the node were listed. */
  | ({ readonly kind: 'found'; readonly from: string; readonly seq: number } & Driven)
  /** Each second, with the last number; and when an engine's state is another. */
  | {
      readonly kind: 'beat';
      readonly from: string;
      readonly seq: number;
      readonly engines: readonly EngineStatus[];
      readonly loads: readonly NodeLoad[];
    }
  | {
      readonly kind: 'snapshot';
      readonly from: string;
      readonly seq: number;
      readonly nodes: readonly DrivenNode[];
      readonly engines: readonly EngineStatus[];
    }
  | { readonly kind: 'wanted'; readonly from: string }
  /** The FreeSWITCH behind a node is another process than before: the calls it had are gone. */
  | { readonly kind: 'restarted'; readonly from: string; readonly node: string }
  /** The call of a leg that was on the way to another node is over. */
  | { readonly kind: 'gone-on-the-way'; readonly from: string; readonly leg: ParticipantId }
  /** Its owner is in the room by another leg, at a node that this process drives. */
  | { readonly kind: 'replaced'; readonly from: string; readonly leg: ParticipantId }
  | {
      readonly kind: 'question';
      readonly from: string;
      readonly id: string;
      readonly question: Question;
    }
  | {
      readonly kind: 'answer';
      readonly from: string;
      readonly id: string;
      readonly answer: Answer;
    };

const isLeg: Check = (value) => typeof value === 'string' && isParticipantId(value);
const ROOM_SNAPSHOT = { id: isRoom, people: isListOf(isRecord), calls: isListOf(isRecord) };
const NODE = {
  node: isText,
  token: isCount,
  found: isFlag,
  rooms: isListOf(hasShape(ROOM_SNAPSHOT)),
} satisfies Record<keyof DrivenNode, Check>;
const ENGINE = {
  node: isText,
  state: isOneOf('connecting', 'joined', 'refused'),
  detail: isOptional(isText),
};

const QUESTIONS: Readonly<Record<Question['kind'], Check>> = {
  execute: hasShape({ command: hasShape({ kind: isText, room: isRoom }) }),
  identity: hasShape({ leg: isLeg }),
  'send-on': hasShape({ node: isText }),
};
const ANSWERS: Readonly<Record<Answer['kind'], Check>> = {
  outcome: hasShape({ outcome: hasShape({ ok: isFlag }) }),
  identity: hasShape({ identity: isOptional(isRecord) }),
  'not-mine': () => true,
};

const sayer = { from: isText };
const numbered = { ...sayer, seq: isCount };
const driven = { ...numbered, node: isText, token: isCount };
const engines = isListOf(hasShape(ENGINE));
const SHAPES: Readonly<Record<Message['kind'], Shape>> = {
  fact: { ...driven, event: isRoomEvent },
  found: driven,
  beat: {
    ...numbered,
    engines,
    loads: isListOf(hasShape({ node: isText, rooms: isCount, people: isCount })),
  },
  snapshot: { ...numbered, engines, nodes: isListOf(hasShape(NODE)) },
  wanted: sayer,
  restarted: { ...sayer, node: isText },
  'gone-on-the-way': { ...sayer, leg: isLeg },
  replaced: { ...sayer, leg: isLeg },
  question: { ...sayer, id: isText, question: isOneKindOf(QUESTIONS) },
  answer: { ...sayer, id: isText, answer: isOneKindOf(ANSWERS) },
};
const isMessage = isOneKindOf(
  Object.fromEntries(Object.entries(SHAPES).map(([kind, shape]) => [kind, hasShape(shape)])),
);

/** What another process said; `undefined` where it is nothing that this version knows. */
export function parseMessage(text: string): Message | undefined {
  const value = parseJson(text);
  return isMessage(value) ? (value as Message) : undefined;
}

function isOneKindOf(checks: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(checks));
  return (value) =>
    isRecord(value) && typeof value.kind === 'string' && known.get(value.kind)?.(value) === true;
}
