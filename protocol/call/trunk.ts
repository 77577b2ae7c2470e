import type { Language } from './language.ts';

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

/** What a trunk's server said when it was asked whether it is there (OPTIONS), by whichever process was asked. */
export type TrunkTest =
  | {
      readonly answered: true;
      readonly status: number;
      readonly reason: string;
      readonly ms: number;
      /** What the server calls itself (Server, User-Agent). */
      readonly agent?: string;
    }
  /** Nothing came within `ms`. */
  | { readonly answered: false; readonly ms: number };
