import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { SipProtocolError } from '../protocol/sip/errors.ts';
import { formatMessage } from '../protocol/sip/format.ts';
import type { SipMessage } from '../protocol/sip/message.ts';
import { parseMessage } from '../protocol/sip/parse.ts';
import { createRequest, withTopVia } from '../protocol/sip/request.ts';
import { SipStreamDecoder } from '../protocol/sip/stream-decoder.ts';

export const TRANSPORTS = ['udp', 'tcp', 'tls', 'ws'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export interface SipTarget {
  readonly transport: Transport;
  readonly host: string;
  readonly port: number;
}

/** What a SIP server said to OPTIONS. */
export interface OptionsAnswer {
  readonly status: number;
  /** When the certificate that it showed ends, in milliseconds since 1970; over TLS only. */
  readonly certificateEndsMs?: number;
}

const PATIENCE_MS = 2_000;

/** One way to a SIP server: sends once, tells each message that comes back. */
interface Way {
  send(bytes: Uint8Array): void;
  close(): void;
  /** When the certificate that was shown ends; over TLS only. */
  certificateEndsMs?(): number;
}

interface Listener {
  readonly ready: () => void;
  readonly heard: (message: SipMessage) => void;
  readonly failed: () => void;
}

/** Asks with OPTIONS (RFC 3261 section 11), a second time after half the patience. */
export function sipOptions(
  target: SipTarget,
  patienceMs = PATIENCE_MS,
): Promise<OptionsAnswer | undefined> {
  const bytes = Buffer.from(optionsText(target), 'utf8');
  return new Promise((resolve) => {
    const finish = (answer: OptionsAnswer | undefined): void => {
      clearTimeout(deadline);
      clearTimeout(again);
      way.close();
      resolve(answer);
    };
    const deadline = setTimeout(finish, patienceMs, undefined);
    let again: NodeJS.Timeout | undefined = undefined;
    const way: Way = open(target, {
      ready: () => {
        way.send(bytes);
        if (target.transport === 'udp') again = setTimeout(() => way.send(bytes), patienceMs / 2);
      },
      heard: (message) => {
        if (message.kind !== 'response' || message.status < 200) return;
        const ends = way.certificateEndsMs?.();
        finish({
          status: message.status,
          ...(ends === undefined ? {} : { certificateEndsMs: ends }),
        });
      },
      failed: () => finish(undefined),
    });
  });
}

function optionsText({ transport, host, port }: SipTarget): string {
  const id = randomBytes(8).toString('hex');
  const uri = `sip:${host}:${port}${transport === 'udp' ? '' : `;transport=${transport}`}`;
  const request = createRequest({
    method: 'OPTIONS',
    uri,
    from: `<sip:check@partyline.invalid>;tag=${id}`,
    to: `<${uri}>`,
    callId: id,
    cseq: 1,
    contact: `<sip:check@partyline.invalid;transport=${transport}>`,
  });
  // rport brings the answer back to where it came from, whatever the Via says (RFC 3581).
  const via = `SIP/2.0/${transport.toUpperCase()} partyline.invalid;rport;branch=z9hG4bK${id}`;
  return formatMessage(withTopVia(request, via));
}

function open(target: SipTarget, listener: Listener): Way {
  switch (target.transport) {
    case 'udp':
      return overUdp(target, listener);
    case 'tcp':
      return overStream(connect(target.port, bare(target.host)), 'connect', listener);
    case 'tls':
      return overTls(target, listener);
    case 'ws':
      return overWebSocket(target, listener);
  }
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

function overUdp({ host, port }: SipTarget, listener: Listener): Way {
  const socket = createSocket(bare(host).includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (bytes) => hear(bytes, listener));
  socket.on('error', listener.failed);
  socket.connect(port, bare(host), listener.ready);
  return {
    send: (bytes) => socket.send(bytes),
    close: () =>
      socket
        .removeAllListeners('error')
        .on('error', () => undefined)
        .close(),
  };
}

function overStream(socket: Socket, ready: string, listener: Listener): Way {
  const decoder = new SipStreamDecoder();
  socket.on('data', (chunk) => {
    for (const item of decoder.push(chunk))
      if (item.kind === 'message') listener.heard(item.message);
  });
  socket.on('error', listener.failed);
  socket.on('close', listener.failed);
  socket.once(ready, listener.ready);
  return { send: (bytes) => void socket.write(bytes), close: () => void socket.destroy() };
}

/** Whose certificate it is, is the phones' to judge; when it ends is told. */
function overTls({ host, port }: SipTarget, listener: Listener): Way {
  const socket: TLSSocket = connectTls({ host: bare(host), port, rejectUnauthorized: false });
  const way = overStream(socket, 'secureConnect', listener);
  return {
    ...way,
    certificateEndsMs: () => Date.parse(socket.getPeerCertificate().valid_to),
  };
}

function overWebSocket({ host, port }: SipTarget, listener: Listener): Way {
  const socket = new WebSocket(`ws://${host}:${port}`, 'sip');
  socket.on('open', listener.ready);
  socket.on('message', (bytes: Buffer) => hear(bytes, listener));
  socket.on('error', listener.failed);
  socket.on('close', listener.failed);
  return { send: (bytes) => socket.send(bytes), close: () => socket.terminate() };
}

/** What is no SIP is not the answer. */
function hear(bytes: Uint8Array, listener: Listener): void {
  try {
    listener.heard(parseMessage(bytes));
  } catch (error) {
    if (!(error instanceof SipProtocolError)) throw error;
  }
}
