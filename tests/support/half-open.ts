import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { SDP } from './sip-peer.ts';

export interface Flood {
  /** Where it comes from: an address of this machine. */
  readonly from: string;
  /** `host:port` */
  readonly server: string;
  readonly dialled: readonly string[];
  readonly calls: number;
  readonly withinMs: number;
}

/** Begins calls and says nothing more, whatever it hears. How often each status was heard. */
export async function floodHalfOpen(flood: Flood): Promise<ReadonlyMap<number, number>> {
  const { from, server, dialled, calls, withinMs } = flood;
  const [host, port] = server.split(':');
  const socket = createSocket('udp4').bind(0, from);
  await once(socket, 'listening');
  const heard = new Map<number, number>();
  socket.on('message', (bytes) => {
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(bytes.toString('latin1'))?.[1] ?? 0);
    heard.set(status, (heard.get(status) ?? 0) + 1);
  });
  const at = `${from}:${socket.address().port}`;
  for (let n = 0; n < calls; n += 1) {
    const user = dialled[n % dialled.length] ?? '';
    socket.send(invite(n, `sip:${user}@${server}`, at), Number(port), host);
    await wait(withinMs / calls);
  }
  socket.close();
  return heard;
}

function invite(n: number, uri: string, at: string): string {
  const body = SDP(4000 + 2 * n);
  return [
    `INVITE ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${at};rport;branch=z9hG4bK-half-${n}`,
    `From: <sip:half@${at}>;tag=half-${n}`,
    `To: <${uri}>`,
    `Call-ID: half-${n}`,
    'CSeq: 1 INVITE',
    `Contact: <sip:half@${at}>`,
    'Content-Type: application/sdp',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
