import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { AddressInfo } from 'node:net';
import { FeedEnded, follow } from '../../../api/client/feed.ts';
import type { FeedMessage } from '../../../protocol/room/feed.ts';

/** A server that says, to each connection in turn, what it is told to, and then closes with a code. */
async function scripted(
  turns: readonly { readonly says: readonly object[]; readonly code: number }[],
) {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: () => 'partyline.v1',
  });
  const addresses: string[] = [];
  const waits: number[] = [];
  server.on('connection', (socket, request) => {
    const turn = turns[addresses.length];
    addresses.push(request.url ?? '');
    for (const each of turn?.says ?? []) socket.send(JSON.stringify(each));
    socket.close(turn?.code ?? 4404, 'The meeting is over');
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const way = {
    base: `http://127.0.0.1:${port}`,
    bearer: 'token',
    openSocket: (url: string, protocols: readonly string[]) => new WebSocket(url, [...protocols]),
    wait: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const seqs: number[] = [];
  const heard: FeedMessage[] = [];
  const ended = (async () => {
    for await (const message of follow(way, { meeting: 'm-abcdefghij234567' })) {
      seqs.push(message.seq);
      heard.push(message);
    }
  })().catch((error: unknown) => error);
  const end = await ended;
  server.close();
  return { addresses, seqs, waits, end, heard };
}

const snapshot = (seq: number) => ({ kind: 'snapshot', seq, rooms: [], meetings: [] });
const alarm = (seq: number) => ({ kind: 'alarms-updated', seq });

test('after a break the feed goes on where it was, and says nothing twice', async () => {
  const { addresses, seqs } = await scripted([
    { says: [snapshot(7), alarm(8)], code: 1001 },
    { says: [alarm(8), alarm(9)], code: 1001 },
  ]);
  expect(seqs).toEqual([7, 8, 9]);
  expect(addresses.slice(0, 2)).toEqual([
    '/api/v1/events?meeting=m-abcdefghij234567',
    '/api/v1/events?meeting=m-abcdefghij234567&from=9',
  ]);
});

test('a gap in the numbers brings a fresh snapshot', async () => {
  const { addresses, seqs } = await scripted([
    { says: [snapshot(1), alarm(3)], code: 1001 },
    { says: [snapshot(3), alarm(4)], code: 1001 },
  ]);
  expect(seqs).toEqual([1, 3, 4]);
  expect(addresses[1]).toBe('/api/v1/events?meeting=m-abcdefghij234567');
});

test('each wait in vain is twice the one before, and the first message sets it back', async () => {
  const nothing = { says: [], code: 1001 };
  const { waits } = await scripted([
    nothing,
    nothing,
    { says: [snapshot(1)], code: 1001 },
    nothing,
  ]);
  expect(waits).toEqual([500, 1_000, 500, 1_000]);
});

test('the server ends the feed for good: whoever reads is told why', async () => {
  const { end } = await scripted([{ says: [snapshot(1)], code: 4403 }]);
  expect(end).toBeInstanceOf(FeedEnded);
  expect(end).toMatchObject({ code: 4403, message: 'The meeting is over' });
});
