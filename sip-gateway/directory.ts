import type { Language } from '../protocol/call/language.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';

/** A desk phone's account. Only digests of the password are kept (RFC 8760: one each algorithm). */
export interface Account {
  readonly username: string;
  readonly name: string;
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
  trunks?(): Promise<readonly Trunk[]>;
  /** Told when a trunk was made, changed or deleted through this process. Returns how to stop. */
  subscribeTrunks?(listener: () => void): () => void;
}
