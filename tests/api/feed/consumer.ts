/**
 * Run as a program of its own by consumer.test.ts, which kills it: reads the feed of everything from a
 * number on, by WebSocket and as a stream, and prints the way, number and mark of each event.
 */
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { FeedMessage } from '../../../protocol/room/feed.ts';
import { EventStream } from '../../support/event-stream.ts';

function tell(way: 'socket' | 'stream', message: FeedMessage): void {
  const mark =
    message.kind === 'event' && message.event.kind === 'room-opened'
      ? message.event.openedAtMs
      : message.kind;
  process.stdout.write(`${way} ${message.seq} ${mark}\n`);
}

async function readStream(url: string, key: string, last: number): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'last-event-id': String(last) };
  const stream = await EventStream.open(url, headers);
  for (let told = 0; ; told++) {
    const message = (await stream.heard(told + 1))[told]?.message;
    if (message) tell('stream', message);
  }
}

function readSocket(url: string, key: string, last: number): void {
  const address = `${url.replace('http', 'ws')}?from=${last + 1}`;
  const socket = new WebSocket(address, ['partyline.v1', `bearer.${key}`]);
  socket.on('message', (data: Buffer) =>
    tell('socket', JSON.parse(data.toString()) as FeedMessage),
  );
}

createInterface(process.stdin).once('line', (line) => {
  const [url = '', key = '', bySocket, byStream] = line.split(' ');
  readSocket(url, key, Number(bySocket));
  void readStream(url, key, Number(byStream));
});
