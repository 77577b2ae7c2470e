import { X509Certificate } from 'node:crypto';
import {
  CipherContext,
  DtlsClient,
  DtlsServer,
  HashAlgorithm,
  NamedCurveAlgorithm,
  ProtectionProfileAes128CmHmacSha1_80,
  SignatureAlgorithm,
} from 'werift';
import type { DtlsSocket } from 'werift';
import type { Fingerprint } from '../../../protocol/sdp/agreement.ts';
import { finishedData, isSame, isSignedBy, matchesFingerprint } from './dtls-proof.ts';
import { CONTENT, formatRecord, splitRecords } from './dtls-record.ts';
import type { DtlsRecord } from './dtls-record.ts';
import type { SrtpMaster } from './srtp-keys.ts';

/** Our own key and self-signed certificate, made at start. */
export interface DtlsIdentity {
  readonly certPem: string;
  readonly keyPem: string;
  readonly fingerprint: Fingerprint;
}

export interface DtlsListener {
  /** A datagram for the peer. */
  send(datagram: Uint8Array): void;
  /** The peer proved to be the one of the SDP; SRTP keys of both directions (RFC 5764 section 4.2). */
  onKeys(keys: { readonly local: SrtpMaster; readonly remote: SrtpMaster }): void;
  /** `closed`: the peer said goodbye. `unproven`: it is not who the SDP announced; no keys come. */
  onEnd(why: 'closed' | 'unproven'): void;
}

const SIGNATURE = { hash: HashAlgorithm.sha256_4, signature: SignatureAlgorithm.ecdsa_3 };

/** A fresh ECDSA P-256 identity. */
export async function createDtlsIdentity(): Promise<DtlsIdentity> {
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(
    SIGNATURE,
    NamedCurveAlgorithm.secp256r1_23,
  );
  const value = new X509Certificate(certPem).fingerprint256;
  return { certPem, keyPem, fingerprint: { hash: 'sha-256', value } };
}

export interface DtlsOptions {
  readonly role: 'server' | 'client';
  readonly identity: DtlsIdentity;
  /** Of the peer, from its SDP. */
  readonly fingerprints: readonly Fingerprint[];
}

/** TLS handshake message types (RFC 5246 section 7.4). */
const MESSAGE = { keyExchange: 12, certificateVerify: 15, clientKey: 16, finished: 20 } as const;

type Messages = Parameters<DtlsSocket['onHandleHandshakes']>[0];

/**
 * One DTLS 1.2 association (RFC 6347) that ends in SRTP keys. The library makes the handshake; what
 * it does not check is checked here: the peer's signature, its Finished, its fingerprint, and that
 * after the handshake nobody unencrypted says anything.
 */
export class DtlsAssociation {
  readonly #options: DtlsOptions;
  readonly #listener: DtlsListener;
  readonly #socket: DtlsClient | DtlsServer;
  readonly #transport: LibraryTransport;
  #state: 'shaking-hands' | 'proven' | 'ended' = 'shaking-hands';

  constructor(options: DtlsOptions, listener: DtlsListener) {
    this.#options = options;
    this.#listener = listener;
    this.#transport = libraryTransport((datagram) => this.#send(datagram));
    const settings = {
      transport: this.#transport,
      cert: options.identity.certPem,
      key: options.identity.keyPem,
      signatureHash: SIGNATURE,
      srtpProfiles: [ProtectionProfileAes128CmHmacSha1_80],
      extendedMasterSecret: true,
      certificateRequest: true,
    };
    this.#socket = options.role === 'server' ? new DtlsServer(settings) : new DtlsClient(settings);
    const shakeHands = this.#socket.onHandleHandshakes;
    this.#socket.onHandleHandshakes = (messages) => this.#prove(messages, shakeHands);
    this.#socket.onConnect.subscribe(() => this.#connected());
  }

  /** A client begins the handshake; a server waits. */
  start(): void {
    if (!(this.#socket instanceof DtlsClient)) return;
    this.#socket.connect().catch(() => this.#end('unproven'));
  }

  /** A datagram from the address that ICE validated. */
  receive(datagram: Uint8Array): void {
    for (const record of splitRecords(datagram)) {
      if (this.#state !== 'ended' && this.#mayHear(record)) this.#hear(record);
    }
  }

  /** Says goodbye where the peer can still believe it. */
  close(): void {
    if (this.#state === 'proven') this.#sendCloseNotify();
    this.#state = 'ended';
  }

  /**
   * Plain-text alerts could come from anybody and so mean nothing; once the peer is proven, plain
   * handshakes (a second ClientHello) mean nothing either.
   */
  #mayHear({ type, epoch }: DtlsRecord): boolean {
    if (type === CONTENT.alert) return epoch > 0 && this.#state === 'proven';
    if (type !== CONTENT.handshake && type !== CONTENT.changeCipherSpec) return false;
    return epoch > 0 || this.#state === 'shaking-hands';
  }

  #hear(record: DtlsRecord): void {
    if (record.type === CONTENT.alert) this.#hearAlert(record);
    else this.#transport.onData(record.bytes, ['', 0]);
  }

  #hearAlert(record: DtlsRecord): void {
    const [level, description] = this.#decrypted(record) ?? [];
    const fatal = level === 2;
    if (description === 0 || fatal) this.#end('closed');
  }

  #decrypted(record: DtlsRecord): Buffer | undefined {
    const { type, epoch, sequence: sequenceNumber, version } = record;
    try {
      return this.#socket.cipher.cipher.decrypt(this.#socket.sessionType, record.fragment, {
        type,
        version,
        epoch,
        sequenceNumber,
      });
    } catch {
      return undefined; // Forged: the tag is wrong, so nobody said anything.
    }
  }

  async #prove(
    messages: Messages,
    shakeHands: (messages: Messages) => Promise<void>,
  ): Promise<void> {
    const finished = messages.find((message) => message.msg_type === MESSAGE.finished);
    if (finished && this.#state === 'shaking-hands') {
      const proof = this.#proof(finished.fragment);
      // An incomplete handshake is no crime: the peer sends its flight again.
      if (proof === 'incomplete') return;
      if (proof === 'wrong') return this.#end('unproven');
    }
    await shakeHands(messages);
  }

  #proof(verifyData: Buffer): 'right' | 'wrong' | 'incomplete' {
    const { dtls, cipher } = this.#socket;
    const certificate = cipher.remoteCertificate;
    const heard = dtls.sortedHandshakeCache.filter(
      (m) => m.msg_type !== MESSAGE.finished || this.#isClient(),
    );
    const signed = heard.find((m) => m.msg_type === this.#signedMessage());
    if (certificate === undefined || signed === undefined || !cipher.masterSecret)
      return 'incomplete';
    const sender = this.#isClient() ? 'server' : 'client';
    const expected = finishedData(cipher.masterSecret, sender, joined(heard));
    const right =
      matchesFingerprint(certificate, this.#options.fingerprints) &&
      this.#isSigned(certificate, signed.fragment, heard) &&
      isSame(verifyData, expected);
    return right ? 'right' : 'wrong';
  }

  #isClient(): boolean {
    return this.#options.role === 'client';
  }

  #signedMessage(): number {
    return this.#isClient() ? MESSAGE.keyExchange : MESSAGE.certificateVerify;
  }

  /** A client signs the handshake so far, a server its key share (RFC 5246 section 7.4.8, RFC 8422 section 5.4). */
  #isSigned(certificate: Buffer, message: Buffer, heard: Messages): boolean {
    if (!this.#isClient()) {
      const before = heard.filter((m) => m.msg_type !== MESSAGE.certificateVerify);
      return isSignedBy(certificate, message, joined(before));
    }
    const { localRandom, remoteRandom } = this.#socket.cipher;
    const share = 4 + (message[3] ?? 0);
    const signed = [localRandom.serialize(), remoteRandom.serialize(), message.subarray(0, share)];
    return isSignedBy(certificate, message.subarray(share), Buffer.concat(signed));
  }

  #connected(): void {
    if (this.#state !== 'shaking-hands') return;
    if (this.#socket.srtp.srtpProfile !== ProtectionProfileAes128CmHmacSha1_80) {
      return this.#end('unproven');
    }
    this.#state = 'proven';
    const material = this.#socket.exportKeyingMaterial('EXTRACTOR-dtls_srtp', 60);
    const client = { key: material.subarray(0, 16), salt: material.subarray(32, 46) };
    const server = { key: material.subarray(16, 32), salt: material.subarray(46, 60) };
    this.#listener.onKeys(
      this.#isClient() ? { local: client, remote: server } : { local: server, remote: client },
    );
  }

  #sendCloseNotify(): void {
    const { dtls, cipher, sessionType } = this.#socket;
    const sequenceNumber = ++dtls.recordSequenceNumber;
    const header = { type: CONTENT.alert, version: 0xfefd, epoch: dtls.epoch, sequenceNumber };
    const sealed = cipher.cipher.encrypt(sessionType, Buffer.from([1, 0]), header);
    this.#listener.send(formatRecord(header, sealed));
  }

  #send(datagram: Uint8Array): void {
    if (this.#state !== 'ended') this.#listener.send(datagram);
  }

  #end(why: 'closed' | 'unproven'): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#listener.onEnd(why);
  }
}

function joined(messages: Messages): Buffer {
  return Buffer.concat(messages.map((message) => message.serialize()));
}

type LibraryTransport = DtlsSocket['transport']['socket'];

/** The library wants a socket; this one hands datagrams to us. */
function libraryTransport(send: (datagram: Uint8Array) => void): LibraryTransport {
  return {
    type: 'ice',
    address: { address: '', family: 'IPv4', port: 0 },
    closed: false,
    onData: () => undefined,
    send: (datagram) => {
      send(datagram);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
