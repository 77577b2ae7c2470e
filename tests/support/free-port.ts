import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the ports that a system gives to whoever asks for any, from 32768 on: nobody is given it in between. */
const FIRST = 10_000;
const COUNT = 20_000;
/** What one file asks for, so that files at the same time begin apart. */
const FOR_ONE_PROCESS = 64;

let next = FIRST + ((process.pid * FOR_ONE_PROCESS) % COUNT);

/** A port that nobody has now, over TCP and UDP; the next one up is free as well (baresip takes it for TLS). */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next;
    next = FIRST + ((next - FIRST + 2) % COUNT);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  return (await isFreeOverTcp(port)) && isFreeOverUdp(port);
}

function isFreeOverTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function isFreeOverUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}
