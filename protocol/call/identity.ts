import { createHmac, timingSafeEqual } from 'node:crypto';
import { isRoom } from '../room/check.ts';
import type { CallTarget } from '../room/command.ts';
import { isDevice, isParticipantId } from '../room/room.ts';
import type { ParticipantId, Role, RoomId, Via } from '../room/room.ts';
import {
  hasShape,
  isCount,
  isFlag,
  isOneOf,
  isOptional,
  isRecord,
  parseJson,
} from '../room/shape.ts';
import type { Check } from '../room/shape.ts';
import { isLanguage } from './language.ts';
import type { Language } from './language.ts';

/** The SIP header that carries the identity from the gateway to the switch. */
export const IDENTITY_HEADER = 'X-Partyline';

/** Where the gateway says a call belongs. */
export type Destination =
  | {
      readonly kind: 'meeting';
      readonly room: RoomId;
      readonly role: Role;
      /** What a phone was let in by; the code itself is never told. */
      readonly by?: 'code' | 'extension';
      /** The access number that was dialled before, where it was one. */
      readonly dialled?: string;
    }
  /** The voice menu that asks for a code; `dialled` is the access number. */
  | { readonly kind: 'reception'; readonly dialled: string }
  /** The caller hears themselves a second later; no meeting is opened. */
  | { readonly kind: 'echo' }
  /**
   * The other way round: the bridge vouches towards the gateway for a call that a meeting makes.
   * Good until `untilMs`, so that one that was overheard cannot be used again.
   */
  | {
      readonly kind: 'outbound';
      readonly room: RoomId;
      readonly role: Role;
      readonly to: CallTarget;
      readonly untilMs: number;
    }
  /** Wants somebody, and no meeting. */
  | ({ readonly kind: 'call' } & LineCall)
  /** The bridge's order to ring them, as `outbound`: an account's `browsers`, or all its other phones. */
  | ({
      readonly kind: 'ring';
      readonly browsers: boolean;
      readonly untilMs: number;
    } & LineCall);

/** Calls without a meeting: from somebody registered to one person's phones, or to a number. */
export interface LineCall {
  readonly to: CallTarget;
  /** Who that is, for those they are connected with; absent: nobody knows. */
  readonly called?: { readonly name: string; readonly number: string };
  /** By what the meetings have booked a call to a number. */
  readonly booking?: string;
  /** The longest that may last, in milliseconds. */
  readonly maxMs?: number;
}

/** What the gateway vouches for about one leg. Travels in the SIP header `IDENTITY_HEADER`. */
export interface CallIdentity {
  readonly destination: Destination;
  readonly via: Via;
  /** Display name; never empty. */
  readonly name: string;
  /** The name is a stand-in: nobody gave one. */
  readonly unnamed?: true;
  /**
   * The caller's whole number (E.164 where a trunk told it) or account name; empty for browsers, and
   * for callers who withheld it (RFC 3323). Shown to nobody before it is masked (masked.ts).
   */
  readonly number: string;
  /** The account that answered the challenge, where there was one. */
  readonly account?: string;
  readonly personId?: string;
  /** The trunk it came by, where it came by one. */
  readonly trunk?: string;
  /** What the number that was dialled speaks. */
  readonly language?: Language;
  /** The address the call came from, for throttling. */
  readonly source: string;
  /** What their phone or browser calls itself, in 60 printable characters of ASCII at most; nobody proved it. */
  readonly device?: string;
  /** Names a browser's stay in the meeting: its next call takes the place of the one before. */
  readonly stay?: string;
  /** The leg that this one goes on for: its switch is gone, or the room is at another. */
  readonly replaces?: ParticipantId;
}

/** Longest text of one field, in characters; the whole header stays well under one UDP packet. */
const MAX_TEXT = 100;
const VERSION = 'v1';

/** What is not seen, or turns round what is: a name must look like itself beside others (U+202E). */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?!\u200d)\p{Cf}/gu;

const isShortText: Check = (value) =>
  typeof value === 'string' && [...value].length <= MAX_TEXT && value === tidy(value);
const isName: Check = (value) => isShortText(value) && value !== '';

const isLeg: Check = (value) => typeof value === 'string' && isParticipantId(value);

const isDestination: Check = (value) =>
  isRecord(value) && DESTINATIONS.some((check) => check(value));
const isRole = isOneOf('moderator', 'participant');
const isTarget: Check = (value) =>
  hasShape({ kind: isOneOf('account'), username: isName })(value) ||
  hasShape({ kind: isOneOf('trunk'), trunk: isName, number: isE164 })(value);
const isE164: Check = (value) => typeof value === 'string' && /^\+[1-9]\d{1,14}$/.test(value);
const LINE_CALL = {
  to: isTarget,
  called: isOptional(hasShape({ name: isName, number: isShortText })),
  booking: isOptional(isName),
  maxMs: isOptional(isCount),
};
const DESTINATIONS: readonly Check[] = [
  hasShape({
    kind: isOneOf('meeting'),
    room: isRoom,
    role: isRole,
    by: isOptional(isOneOf('code', 'extension')),
    dialled: isOptional(isShortText),
  }),
  hasShape({ kind: isOneOf('reception'), dialled: isShortText }),
  hasShape({ kind: isOneOf('echo') }),
  hasShape({
    kind: isOneOf('outbound'),
    room: isRoom,
    role: isRole,
    to: isTarget,
    untilMs: isCount,
  }),
  hasShape({ kind: isOneOf('call'), ...LINE_CALL }),
  hasShape({ kind: isOneOf('ring'), browsers: isFlag, untilMs: isCount, ...LINE_CALL }),
];

const isIdentity = hasShape({
  destination: isDestination,
  via: isOneOf('phone', 'browser'),
  name: isName,
  unnamed: isOptional((value) => value === true),
  number: isShortText,
  account: isOptional(isName),
  personId: isOptional(isName),
  trunk: isOptional(isName),
  language: isOptional(isLanguage),
  source: isShortText,
  device: isOptional((value) => typeof value === 'string' && isDevice(value)),
  stay: isOptional(isName),
  replaces: isOptional(isLeg),
} satisfies Record<keyof CallIdentity, Check>);

/**
 * The header's value: `v1.<base64url JSON>.<base64url HMAC-SHA-256>`, all of it safe in SIP and on
 * the event socket. Characters that are not seen go, and long names are cut, since callers choose them.
 */
export function formatIdentity(identity: CallIdentity, key: Uint8Array): string {
  const tidied = { ...identity, name: tidy(identity.name), number: tidy(identity.number) };
  const name = tidied.name || tidied.number || 'Caller';
  const body = Buffer.from(JSON.stringify({ ...tidied, name })).toString('base64url');
  const signed = `${VERSION}.${body}`;
  return `${signed}.${signature(signed, key).toString('base64url')}`;
}

/** Whom the gateway vouched for; `undefined` unless the signature and every field hold. */
export function parseIdentity(text: string, key: Uint8Array): CallIdentity | undefined {
  const [version, body, mac, ...rest] = text.split('.');
  if (version !== VERSION || body === undefined || mac === undefined || rest.length > 0)
    return undefined;
  const given = Buffer.from(mac, 'base64url');
  const expected = signature(`${version}.${body}`, key);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const value = parseJson(Buffer.from(body, 'base64url').toString('utf8'));
  return isIdentity(value) ? (value as CallIdentity) : undefined;
}

function signature(text: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function tidy(text: string): string {
  return [...text.replace(UNSEEN, '').trim()].slice(0, MAX_TEXT).join('').trim();
}
