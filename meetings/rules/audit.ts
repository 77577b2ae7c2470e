import { createHash, createHmac } from 'node:crypto';
import type { RoomId } from '../../protocol/room/room.ts';
import { same } from './tickets.ts';

/** What somebody did. No field may hold a code, a password or a whole phone number. */
export interface AuditAct {
  /** `admin key`, `person p-…`, `guest p-…`, `account …`, `phone …`, `BigBlueButton`, or a rule of ours. */
  readonly who: string;
  /** The address they came from; empty for what comes from none. */
  readonly from: string;
  /** An operation as the OpenAPI document names it, `sign-in`, `call outside`, or `keypad …`. */
  readonly act: string;
  readonly meeting?: RoomId;
  /** What else it was done to: a participant, an account, a trunk, by its id; a number, masked. */
  readonly subject?: string;
  /** Which fields were set; of switches and choices, to what. */
  readonly detail?: string;
  /** `done`, or why not. */
  readonly outcome: string;
}

/** One link of the chain. */
export interface AuditEntry extends AuditAct {
  /** Rises by one, from 1. */
  readonly seq: number;
  readonly atMs: number;
  /** The hash of the entry before. */
  readonly before: string;
  /** SHA-256, in hexadecimal, over all the rest, `before` included, as canonical JSON (RFC 8785). */
  readonly hash: string;
}

/** Where the chain stood once, signed with a key that is not in any entry. */
export interface Seal {
  readonly seq: number;
  readonly hash: string;
  readonly mac: string;
}

/** `head`: how far the chain reaches at least; `start`: after which entry it begins now. */
export type SealKind = 'head' | 'start';

export type ChainFault = 'missing' | 'changed' | 'not-linked' | 'seal-forged' | 'seal-differs';

/** Before the first entry. */
export const GENESIS: Pick<AuditEntry, 'seq' | 'hash' | 'atMs'> = {
  seq: 0,
  hash: '0'.repeat(64),
  atMs: 0,
};

/** The next link. The clock may have been set back; the times in the chain never go back. */
export function linked(
  act: AuditAct,
  last: Pick<AuditEntry, 'seq' | 'hash' | 'atMs'>,
  nowMs: number,
): AuditEntry {
  const body = {
    ...act,
    seq: last.seq + 1,
    atMs: Math.max(Math.floor(nowMs), last.atMs),
    before: last.hash,
  };
  return { ...body, hash: hashOf(body) };
}

/** The next links, in the order of the acts. */
export function chained(
  acts: readonly AuditAct[],
  last: Pick<AuditEntry, 'seq' | 'hash' | 'atMs'>,
  nowMs: number,
): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const act of acts) entries.push(linked(act, entries.at(-1) ?? last, nowMs));
  return entries;
}

/** What is wrong with the entry that should follow `last`; nothing where it does. */
export function faultOf(
  entry: AuditEntry | undefined,
  last: Pick<AuditEntry, 'seq' | 'hash'>,
): ChainFault | undefined {
  if (entry === undefined || entry.seq !== last.seq + 1) return 'missing';
  if (entry.before !== last.hash) return 'not-linked';
  const { hash, ...body } = entry;
  return hashOf(body) === hash ? undefined : 'changed';
}

export function sealed(
  kind: SealKind,
  { seq, hash }: Pick<AuditEntry, 'seq' | 'hash'>,
  key: string,
): Seal {
  return { seq, hash, mac: macOf(kind, { seq, hash }, key) };
}

export function isGenuine(kind: SealKind, seal: Seal, key: string): boolean {
  return same(seal.mac, macOf(kind, seal, key));
}

function hashOf(body: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}

/**
 * RFC 8785 for an object of texts and whole numbers: names in the order of their UTF-16 units, no
 * spaces, ECMAScript's own way of writing both.
 */
function canonical(flat: object): string {
  const fields = Object.entries(flat).filter(([, value]) => value !== undefined);
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(Object.fromEntries(fields));
}

function macOf(kind: SealKind, { seq, hash }: Pick<AuditEntry, 'seq' | 'hash'>, key: string) {
  return createHmac('sha256', key).update(`audit ${kind} ${seq} ${hash}`).digest('hex');
}
