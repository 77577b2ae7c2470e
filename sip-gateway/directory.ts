import type { CallTarget } from '../protocol/room/command.ts';
import type { Language } from '../protocol/call/language.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';

/** A desk phone's account. Only digests of the password are kept (RFC 8760: one each algorithm). */
export interface Account {
  readonly username: string;
  readonly name: string;
  /** By which its phones are called. */
  readonly extension?: string;
  /** Whose phone it is: in a room it is one with their browser. */
  readonly personId?: string;
  readonly ha1: { readonly md5: string; readonly sha256: string };
}

/** A browser's short-lived right to place one call, made by the API. */
export interface BrowserCredential {
  readonly username: string;
  readonly room: RoomId;
  readonly role: Role;
  readonly name: string;
  readonly personId?: string;
  /** See `CallIdentity`. */
  readonly stay?: string;
  readonly ha1: { readonly md5: string; readonly sha256: string };
  readonly expiresAtMs: number;
}

/** A browser's short-lived right to be one of an account's phones. */
export interface LineCredential {
  readonly account: Account;
  readonly ha1: Account['ha1'];
  readonly expiresAtMs: number;
}

/** Whether a call to a number may be made, and by which trunk; `maxMs` is the longest it may last. */
export type NumberPlan =
  | { readonly kind: 'call'; readonly to: CallTarget; readonly maxMs?: number }
  | { readonly kind: 'refused'; readonly status: 403 | 404 | 503 };

/** A phone of an account that wants a number called, and the address it calls from. */
export interface LineCaller {
  readonly account: string;
  readonly source: string;
}

/** Somebody whose phones can be called; `number` is what calls them back. */
export interface CalledAccount {
  readonly username: string;
  readonly name: string;
  readonly number: string;
}

/** What a dialled user part means. */
export type Dialled =
  | {
      readonly kind: 'reception';
      /** What the number that was dialled speaks, where the settings or the trunk say so. */
      readonly language?: Language;
    }
  | {
      readonly kind: 'meeting';
      readonly room: RoomId;
      readonly role: Role;
      /** Extensions are for accounts only; `id` is what browsers call, with their credential. */
      readonly by: 'code' | 'extension' | 'id';
      /** Whose personal code it was, where it was one. */
      readonly person?: { readonly id: string; readonly name: string };
    }
  /** The caller hears themselves. */
  | { readonly kind: 'echo' }
  /** Somebody's phones, by their extension or the account's name; for accounts only. */
  | ({ readonly kind: 'account' } & CalledAccount)
  | { readonly kind: 'throttled' }
  | { readonly kind: 'unknown' };

/** One registered contact of an account. */
export interface Binding {
  readonly contact: string;
  readonly transport: 'udp' | 'tcp' | 'ws';
  readonly address: string;
  readonly port: number;
  readonly callId: string;
  readonly cseq: number;
  readonly userAgent: string;
  readonly expiresAtMs: number;
}

/** What the gateway asks about people and numbers. Implemented by meetings/, handed in by partyline.ts. */
export interface Directory {
  account(username: string): Promise<Account | undefined>;
  browserCredential(username: string): Promise<BrowserCredential | undefined>;
  /** Looks a dialled user part up; wrong codes are counted against `source`. */
  dialled(user: string, source: string): Promise<Dialled>;
  bindings(username: string): Promise<readonly Binding[]>;
  setBindings(username: string, bindings: readonly Binding[]): Promise<void>;
  lineCredential?(username: string): Promise<LineCredential | undefined>;
  /** The account that an extension or a name stands for. Counts no wrong codes. */
  dialledAccount?(user: string): Promise<CalledAccount | undefined>;
  /** Whether somebody registered may call this number; a call that is made is booked until `callOver`. */
  planNumber?(booking: string, number: string, by: LineCaller): Promise<NumberPlan>;
  callOver?(booking: string): Promise<void>;
  trunks?(): Promise<readonly Trunk[]>;
  /** Told when a trunk was made, changed or deleted through this process. Returns how to stop. */
  subscribeTrunks?(listener: () => void): () => void;
}
