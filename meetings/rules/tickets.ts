import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Role, RoomId } from '../../protocol/room/room.ts';

/** The right to join that a link carries; whoever has the link has it. */
export interface Ticket {
  readonly kind: 'ticket';
  readonly room: RoomId;
  readonly role: Role;
  /** Whom it was made for; absent on a link for anybody. */
  readonly person?: { readonly id: string; readonly name: string };
  readonly expiresAtMs?: number;
}

/** A softphone's right to watch its meeting and to change its own row; a moderator's, all rows. */
export interface FeedToken {
  readonly kind: 'feed';
  readonly room: RoomId;
  readonly role: Role;
  readonly personId: string;
  /** Names this softphone's stay; absent on tokens of earlier releases. */
  readonly stay?: string;
  readonly expiresAtMs: number;
}

/** The console's session; it counts only while the store knows `id`. */
export interface SessionToken {
  readonly kind: 'session';
  readonly id: string;
  /** Whose; absent where the administrator's key opened it. */
  readonly person?: string;
  readonly expiresAtMs: number;
}

export type Token = Ticket | FeedToken | SessionToken;

export type TokenCheck<T extends Token> =
  | { readonly kind: 'valid'; readonly token: T }
  | { readonly kind: 'expired' }
  | { readonly kind: 'forged' };

/** First in every token of the kind, and part of what is signed: no kind passes for another. */
const MARK = { ticket: 't1', feed: 'f1', session: 's1' } as const satisfies Record<
  Token['kind'],
  string
>;

/** 128 of HMAC-SHA-256's bits (RFC 2104 section 5), in base64url. */
const MAC_CHARACTERS = 22;
const LONGEST = 1_024;
/** Mark, dot, claims, dot, MAC: only letters that may stand in a URL and in `Sec-WebSocket-Protocol`. */
const TOKEN = /^([a-z]\d)\.([\w-]+)\.([\w-]{22})$/;

export function signToken(token: Token, key: string): string {
  const { kind, ...claims } = token;
  const signed = `${MARK[kind]}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${signed}.${mac(signed, key)}`;
}

/** Says what a token of this kind is worth now. */
export function checkToken<K extends Token['kind']>(
  kind: K,
  text: string,
  key: string,
  nowMs: number,
): TokenCheck<Extract<Token, { kind: K }>> {
  const parts = text.length <= LONGEST ? TOKEN.exec(text) : null;
  if (!parts || parts[1] !== MARK[kind]) return { kind: 'forged' };
  const signed = `${parts[1]}.${parts[2]}`;
  if (!same(mac(signed, key), parts[3] ?? '')) return { kind: 'forged' };
  const claims = JSON.parse(Buffer.from(parts[2] ?? '', 'base64url').toString()) as object;
  const token = { kind, ...claims } as Extract<Token, { kind: K }>;
  if (token.expiresAtMs !== undefined && token.expiresAtMs <= nowMs) return { kind: 'expired' };
  return { kind: 'valid', token };
}

/** Compares two secrets without telling by the time how much of them agrees. */
export function same(one: string, other: string): boolean {
  const digests = [one, other].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return timingSafeEqual(digests[0] as Buffer, digests[1] as Buffer);
}

function mac(signed: string, key: string): string {
  return createHmac('sha256', key).update(signed).digest('base64url').slice(0, MAC_CHARACTERS);
}
