import { isSameAddress } from '../address.ts';
import type { SocketAddress } from '../address.ts';
import { formatError, formatSuccess, hasIntegrity, parseStun } from './stun.ts';
import type { StunMessage } from './stun.ts';

export interface IceCredentials {
  readonly ufrag: string;
  readonly password: string;
}

/** What a datagram of the peer came to. */
export interface IceOutcome {
  /** To be sent back to where the datagram came from. */
  readonly reply?: Buffer;
  /** The check was the peer's own: its address may now send media. */
  readonly valid: boolean;
}

const DROPPED: IceOutcome = { valid: false };
/** Addresses of one browser that we remember: interfaces times IP versions, and some. */
const MAX_ADDRESSES = 16;

/**
 * Our end of ICE (RFC 8445 section 2.5, lite): answers the browser's checks, never sends its own.
 * An address counts only after a check from it that was signed with the password of our SDP.
 */
export class IceLite {
  #local: IceCredentials;
  #remoteUfrag: string | undefined;
  readonly #valid: SocketAddress[] = [];
  #selected: SocketAddress | undefined;
  #lastCheckMs: number | undefined;

  /** Without the peer's fragment no check is valid until `learn`. */
  constructor(local: IceCredentials, remoteUfrag: string | undefined) {
    this.#local = local;
    this.#remoteUfrag = remoteUfrag;
  }

  /** Where to send: the pair that the browser nominated, before that the first that it checked. */
  get selected(): SocketAddress | undefined {
    return this.#selected;
  }

  get remoteUfrag(): string | undefined {
    return this.#remoteUfrag;
  }

  get local(): IceCredentials {
    return this.#local;
  }

  /** When the browser last consented to hear us (RFC 7675); undefined: never yet. */
  get lastCheckMs(): number | undefined {
    return this.#lastCheckMs;
  }

  isValid(from: SocketAddress): boolean {
    return this.#valid.some((address) => isSameAddress(address, from));
  }

  /** The peer's answer to our offer says which fragment its checks bear. */
  learn(remoteUfrag: string): void {
    this.#remoteUfrag = remoteUfrag;
  }

  /** New credentials (RFC 8839 section 4.4.1.1.1). Media flows on where it flowed until new checks come. */
  restart(local: IceCredentials, remoteUfrag: string): void {
    this.#local = local;
    this.#remoteUfrag = remoteUfrag;
  }

  /** A STUN datagram. What is not signed with our password is dropped without a word. */
  receive(bytes: Uint8Array, from: SocketAddress, nowMs: number): IceOutcome {
    const message = parseStun(bytes);
    if (message?.kind !== 'request' || !message.fingerprinted) return DROPPED;
    if (this.#remoteUfrag === undefined) return DROPPED;
    if (message.username !== `${this.#local.ufrag}:${this.#remoteUfrag}`) return DROPPED;
    if (!hasIntegrity(bytes, message, this.#local.password)) return DROPPED;
    const refusal = refusalOf(message);
    const { transactionId } = message;
    if (refusal) {
      return { valid: false, reply: formatError(transactionId, refusal, this.#local.password) };
    }
    this.#accept(from, message.useCandidate, nowMs);
    return { valid: true, reply: formatSuccess(transactionId, from, this.#local.password) };
  }

  #accept(from: SocketAddress, nominated: boolean, nowMs: number): void {
    this.#lastCheckMs = nowMs;
    if (!this.isValid(from)) {
      if (this.#valid.length >= MAX_ADDRESSES) this.#valid.shift();
      this.#valid.push({ address: from.address, port: from.port });
    }
    if (nominated || this.#selected === undefined) {
      this.#selected = { address: from.address, port: from.port };
    }
  }
}

function refusalOf(
  message: StunMessage,
): { code: number; reason: string; unknown?: readonly number[] } | undefined {
  if (message.unknown.length > 0) {
    return { code: 420, reason: 'Unknown Attribute', unknown: message.unknown };
  }
  // A lite agent never controls, so a peer that would be controlled must change its role.
  if (message.iceRole === 'controlled') return { code: 487, reason: 'Role Conflict' };
  return undefined;
}
