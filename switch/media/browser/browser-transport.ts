import type { Agreement, RemoteSecurity } from '../../../protocol/sdp/agreement.ts';
import type { SocketAddress } from '../address.ts';
import type { MediaTransport, TransportListener } from '../transport.ts';
import type { BrowserPort, PortUser } from './browser-port.ts';
import type { DatagramKind } from './demultiplex.ts';
import { DtlsAssociation } from './dtls.ts';
import type { DtlsIdentity } from './dtls.ts';
import { IceLite } from './ice-lite.ts';
import type { IceCredentials } from './ice-lite.ts';
import { SrtpReceiver, SrtpSender } from './srtp.ts';

/** Without a check for this long the browser's tab is gone: RFC 7675 gives 30 s, checks come every 2.5 s. */
export const CONSENT_LASTS_MS = 10_000;

export interface BrowserTransportOptions {
  readonly port: BrowserPort;
  readonly identity: DtlsIdentity;
  /** Absent where we offer: the answer tells it, by `update`. */
  readonly remote?: RemoteSecurity;
  readonly newCredentials: () => IceCredentials;
  /** A steady clock in ms. */
  readonly now: () => number;
}

/** One browser's media: ICE-lite, DTLS, SRTP, on the port that all browsers share. */
export class BrowserTransport implements MediaTransport, PortUser {
  readonly #options: BrowserTransportOptions;
  readonly #listener: TransportListener;
  readonly #ice: IceLite;
  #dtls: DtlsAssociation | undefined;
  #remote: RemoteSecurity | undefined;
  #srtp: { readonly sender: SrtpSender; readonly receiver: SrtpReceiver } | undefined;
  #gone = false;

  constructor(options: BrowserTransportOptions, listener: TransportListener) {
    const { remote, port } = options;
    this.#options = options;
    this.#listener = listener;
    this.#ice = new IceLite(options.newCredentials(), remote?.ufrag);
    if (remote) this.#meet(remote);
    port.add(this.#ice.local.ufrag, this);
  }

  get port(): number {
    return this.#options.port.port;
  }

  get rtcpPort(): number {
    return this.port;
  }

  get ready(): boolean {
    return this.#srtp !== undefined && !this.#gone;
  }

  /** For our SDP. */
  get credentials(): IceCredentials {
    return this.#ice.local;
  }

  sendRtp(packet: Uint8Array): void {
    if (this.#srtp) this.#send(this.#srtp.sender.protectRtp(packet));
  }

  sendRtcp(packet: Uint8Array): void {
    if (this.#srtp) this.#send(this.#srtp.sender.protectRtcp(packet));
  }

  /** Takes an ICE restart; another certificate would be another peer and is refused. */
  update({ security }: Agreement): boolean {
    if (!security) return false;
    if (!this.#remote) {
      this.#ice.learn(security.ufrag);
      this.#meet(security);
      return true;
    }
    if (!isSamePeer(this.#remote, security)) return false;
    if (security.ufrag !== this.#ice.remoteUfrag) {
      const before = this.#ice.local.ufrag;
      this.#ice.restart(this.#options.newCredentials(), security.ufrag);
      this.#options.port.forget(before);
      this.#options.port.add(this.#ice.local.ufrag, this);
    }
    this.#remote = security;
    return true;
  }

  tick(nowMs: number): void {
    const last = this.#ice.lastCheckMs;
    if (last !== undefined && nowMs - last > CONSENT_LASTS_MS) this.#end();
  }

  close(): void {
    this.#dtls?.close();
    this.#gone = true;
    this.#options.port.remove(this);
  }

  onStun(bytes: Uint8Array, from: SocketAddress): boolean {
    const first = this.#ice.selected === undefined;
    const { reply, valid } = this.#ice.receive(bytes, from, this.#options.now());
    if (reply) this.#options.port.send(reply, from);
    if (valid && first) this.#dtls?.start();
    return valid;
  }

  onMedia(kind: Exclude<DatagramKind, 'stun' | 'junk'>, bytes: Uint8Array): void {
    if (kind === 'dtls') {
      this.#dtls?.receive(bytes);
      return;
    }
    const receiver = this.#srtp?.receiver;
    if (!receiver) return;
    if (kind === 'rtp') {
      const packet = receiver.unprotectRtp(bytes);
      if (packet) this.#listener.onRtp(packet);
      return;
    }
    const report = receiver.unprotectRtcp(bytes);
    if (report) this.#listener.onRtcp(report);
  }

  /** Who the peer says they are: the handshake may begin. */
  #meet(remote: RemoteSecurity): void {
    this.#remote = remote;
    const { dtlsRole: role, fingerprints } = remote;
    this.#dtls = new DtlsAssociation(
      { role, identity: this.#options.identity, fingerprints },
      {
        send: (datagram) => this.#send(datagram),
        onKeys: ({ local, remote: theirs }) => {
          this.#srtp = { sender: new SrtpSender(local), receiver: new SrtpReceiver(theirs) };
          this.#listener.onConnected();
        },
        onEnd: () => this.#end(),
      },
    );
  }

  #send(datagram: Uint8Array): void {
    const to = this.#ice.selected;
    if (to && !this.#gone) this.#options.port.send(datagram, to);
  }

  #end(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#listener.onGone();
  }
}

function isSamePeer(before: RemoteSecurity, after: RemoteSecurity): boolean {
  return after.fingerprints.some((one) =>
    before.fingerprints.some((other) => other.hash === one.hash && other.value === one.value),
  );
}
