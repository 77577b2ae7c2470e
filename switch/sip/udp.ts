import type { RemoteInfo, Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { parseMessage } from '../../protocol/sip/parse.ts';
import { hostText } from '../../protocol/sip/uri.ts';
import type { Flow } from './endpoint.ts';
import type { Wire, WireListener } from './wire.ts';
import { isPort, listenError } from './wire.ts';

const RECEIVE_BUFFER_BYTES = 2_097_152;

/** Opens SIP over UDP. Datagrams of nothing but CR, LF and NUL keep a NAT open and are dropped. */
export async function openUdp(host: string, port: number, listener: WireListener): Promise<Wire> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
  socket.bind(port, host);
  try {
    await once(socket, 'listening');
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, `${hostText(host)}:${port}/udp`);
  }
  socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  const local = socket.address();
  const own = { transport: 'udp', localAddress: local.address, localPort: local.port } as const;
  socket.on('message', (bytes, from) => receive(bytes, flowFrom(own, from), listener));
  // ICMP errors of earlier datagrams; transactions find out by their timers.
  socket.on('error', (error) => listener.onRefused(`UDP: ${error.message}`, ''));
  return wireOn(socket, local.port);
}

function flowFrom(
  own: Pick<Flow, 'transport' | 'localAddress' | 'localPort'>,
  { address, port }: RemoteInfo,
): Flow {
  return { ...own, address, port };
}

function receive(bytes: Buffer, flow: Flow, listener: WireListener): void {
  if (!isPort(flow.port) || isKeepAlive(bytes)) return;
  let message;
  try {
    message = parseMessage(bytes);
  } catch (error) {
    if (!(error instanceof SipProtocolError)) throw error;
    listener.onMalformed(error, flow, false);
    return;
  }
  listener.onMessage(message, flow);
}

function isKeepAlive(bytes: Buffer): boolean {
  return bytes.length <= 8 && bytes.every((byte) => byte === 0 || byte === 10 || byte === 13);
}

function wireOn(socket: Socket, port: number): Wire {
  return {
    port,
    connections: 0,
    send(text, to, onError) {
      if (!isPort(to.port)) {
        setImmediate(onError);
        return undefined;
      }
      socket.send(text, to.port, to.address, (error) => {
        if (error) onError();
      });
      return undefined;
    },
    async close() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
