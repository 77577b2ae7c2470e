import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { kindOf } from '../../switch/media/browser/demultiplex.ts';
import { createDtlsIdentity, DtlsAssociation } from '../../switch/media/browser/dtls.ts';
import type { DtlsIdentity } from '../../switch/media/browser/dtls.ts';
import { SrtpReceiver, SrtpSender } from '../../switch/media/browser/srtp.ts';
import { formatCheck, formatSuccess, parseStun } from '../../switch/media/browser/stun.ts';
import { boundUdp, isReport, rtpPacket } from './caller-media.ts';
import type { CallerMedia } from './caller-media.ts';

const OPUS = 111;
const FRAME_TICKS = 960;
/** Until the first answer, and after it, as Chromium checks. */
const CHECK_EVERY_MS = { first: 100, then: 2500 } as const;

interface FarEnd {
  readonly address: string;
  readonly port: number;
  readonly ufrag: string;
  readonly password: string;
}

let identity: Promise<DtlsIdentity> | undefined;

/** A browser's media end without a browser: ICE, DTLS-SRTP, Opus that somebody else encoded. */
export class BrowserMedia implements CallerMedia {
  readonly #socket: Socket;
  readonly #identity: DtlsIdentity;
  readonly #ufrag = randomBytes(3).toString('hex');
  readonly #password = randomBytes(12).toString('hex');
  readonly #ssrc = randomBytes(4).readUInt32BE();
  #farEnd: FarEnd | undefined;
  #dtls: DtlsAssociation | undefined;
  #srtp: { readonly sender: SrtpSender; readonly receiver: SrtpReceiver } | undefined;
  #checks: NodeJS.Timeout | undefined;
  #validated = false;
  #frame = 0;
  packetsIn = 0;
  onPacket: CallerMedia['onPacket'];
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  readonly #connected = new Promise<void>((resolve, reject) => {
    this.#settle = { resolve, reject };
  });

  private constructor(socket: Socket, its: DtlsIdentity) {
    this.#socket = socket;
    this.#identity = its;
    socket.on('message', (bytes) => this.#onDatagram(bytes));
  }

  static async open(): Promise<BrowserMedia> {
    identity ??= createDtlsIdentity();
    return new BrowserMedia(await boundUdp(), await identity);
  }

  /** As Chromium offers voice. */
  offer(): string {
    const { port } = this.#socket.address();
    const { hash, value } = this.#identity.fingerprint;
    return [
      ...['v=0', 'o=- 7079970078330932003 2 IN IP4 127.0.0.1', 's=-', 't=0 0'],
      ...['a=group:BUNDLE 0', 'a=extmap-allow-mixed', 'a=msid-semantic: WMS voice'],
      `m=audio ${port} UDP/TLS/RTP/SAVPF ${OPUS} 9 0 8 13 110 126`,
      ...['c=IN IP4 127.0.0.1', 'a=rtcp:9 IN IP4 0.0.0.0'],
      `a=candidate:3555664831 1 udp 2122194687 127.0.0.1 ${port} typ host generation 0 network-id 1`,
      ...[`a=ice-ufrag:${this.#ufrag}`, `a=ice-pwd:${this.#password}`, 'a=ice-options:trickle'],
      ...[`a=fingerprint:${hash} ${value}`, 'a=setup:actpass', 'a=mid:0', 'a=sendrecv'],
      ...['a=rtcp-mux', 'a=rtcp-rsize'],
      ...[`a=rtpmap:${OPUS} opus/48000/2`, `a=fmtp:${OPUS} minptime=10;useinbandfec=1`],
      ...['a=rtpmap:9 G722/8000', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000'],
      ...['a=rtpmap:13 CN/8000', 'a=rtpmap:110 telephone-event/48000'],
      ...['a=rtpmap:126 telephone-event/8000', `a=ssrc:${this.#ssrc} cname:voice`, ''],
    ].join('\r\n');
  }

  answered(sdp: string): void {
    this.#farEnd = farEndOf(sdp);
    const [, hash = '', value = ''] = /^a=fingerprint:(\S+) (\S+)/im.exec(sdp) ?? [];
    this.#dtls = new DtlsAssociation(
      {
        // The far end chose its part by `setup`; ours is the other (RFC 8842 section 5.3).
        role: /^a=setup:active/im.test(sdp) ? 'server' : 'client',
        identity: this.#identity,
        fingerprints: [{ hash: hash.toLowerCase(), value: value.toUpperCase() }],
      },
      {
        send: (datagram) => this.#send(datagram),
        onKeys: ({ local, remote }) => {
          this.#srtp = { sender: new SrtpSender(local), receiver: new SrtpReceiver(remote) };
          this.#settle?.resolve();
        },
        onEnd: (why) => this.#settle?.reject(new Error(`DTLS ${why}`)),
      },
    );
    this.#checkEvery(CHECK_EVERY_MS.first);
  }

  connected(): Promise<void> {
    return this.#connected;
  }

  sendFrame(payload: Uint8Array): void {
    if (!this.#srtp) return;
    const [sequence, timestamp] = [this.#frame & 0xffff, this.#frame * FRAME_TICKS];
    const packet = rtpPacket(payload, { payloadType: OPUS, sequence, timestamp, ssrc: this.#ssrc });
    this.#frame += 1;
    this.#send(this.#srtp.sender.protectRtp(packet));
  }

  close(): void {
    clearInterval(this.#checks);
    this.#dtls?.close();
    this.#farEnd = undefined;
    this.#socket.close();
  }

  #checkEvery(ms: number): void {
    clearInterval(this.#checks);
    this.#checks = setInterval(() => this.#check(), ms);
    this.#check();
  }

  #check(): void {
    if (!this.#farEnd) return;
    const { ufrag, password } = this.#farEnd;
    const check = { username: `${ufrag}:${this.#ufrag}`, nominate: true, priority: 0x6e00_1eff };
    this.#send(formatCheck(randomBytes(12), check, password));
  }

  #onDatagram(bytes: Buffer): void {
    const kind = kindOf(bytes);
    if (kind === 'stun') this.#onStun(bytes);
    else if (kind === 'dtls') this.#dtls?.receive(bytes);
    else this.#onMedia(bytes);
  }

  #onStun(bytes: Buffer): void {
    const message = parseStun(bytes);
    if (message?.kind === 'request' && this.#farEnd) {
      this.#send(formatSuccess(message.transactionId, this.#farEnd, this.#password));
    }
    if (message?.kind !== 'success' || this.#validated) return;
    this.#validated = true;
    this.#dtls?.start();
    this.#checkEvery(CHECK_EVERY_MS.then);
  }

  /** Opens the first packet, to know that it can, and those that somebody asked for. */
  #onMedia(bytes: Buffer): void {
    if (!this.#srtp || isReport(bytes)) return;
    this.packetsIn += 1;
    if (this.packetsIn > 1 && !this.onPacket) return;
    const packet = this.#srtp.receiver.unprotectRtp(bytes);
    if (!packet) throw new Error('the far end sent SRTP that its keys do not open');
    this.onPacket?.(packet.subarray(12), process.hrtime.bigint());
  }

  #send(bytes: Uint8Array): void {
    if (this.#farEnd) this.#socket.send(bytes, this.#farEnd.port, this.#farEnd.address);
  }
}

function farEndOf(sdp: string): FarEnd {
  const candidate = /^a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/im.exec(sdp);
  const said = (name: string) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(sdp)?.[1];
  const [ufrag, password] = [said('ice-ufrag'), said('ice-pwd')];
  if (!candidate || ufrag === undefined || password === undefined) {
    throw new Error('the answer is not for a browser');
  }
  return { address: candidate[1] ?? '', port: Number(candidate[2]), ufrag, password };
}
