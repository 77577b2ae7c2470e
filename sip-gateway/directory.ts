import type { Language } from '../protocol/call/language.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';

/** A desk phone's account. Only digests of the password are kept (RFC 8760: one each algorithm). */
export interface Account {
  readonly username: string;
  readonly name: string;
  readonly ha1: { readonly md5: string; readonly sha256: string };
}

/** A browser's short-lived right to place one call, made by the API. */
export interface BrowserCredential {
  readonly username: string;
  readonly room: RoomId;
  readonly role: Role;
  readonly name: string;
  readonly personId?: string;
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

/** A number by which a trunk is called. */
export interface TrunkNumber {
  /** E.164 with `+`. */
  readonly number: string;
  readonly label: string;
  readonly language: Language;
}

/** A line to the telephone network: a provider, or the house's own exchange. */
export interface Trunk {
  /** Names it in identities and in addresses of the API: small letters, digits and `-`. */
  readonly name: string;
  /** `host:port`. */
  readonly server: string;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** For registering, and for challenges by this server and no other. */
  readonly username?: string;
  readonly password?: string;
  readonly register: boolean;
  /** From where its calls come (CIDR, RFC 4632, IPv4 or IPv6). An address alone is written as /32 or /128. */
  readonly addresses: readonly string[];
  readonly numbers: readonly TrunkNumber[];
  /** Whether meetings call out by it. */
  readonly outbound: boolean;
  /** What is shown to those who are called: E.164 with `+`. */
  readonly callerId?: string;
  /** Whether callers are known by the number that it tells (P-Asserted-Identity or From). */
  readonly trustsCallerId: boolean;
}

/** What the gateway asks about people and numbers. Implemented by meetings/, handed in by main.ts. */
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
