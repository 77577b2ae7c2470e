import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Child } from '../support/child.ts';
import { canMakeNetworks, Network, SERVER_IP } from '../support/network.ts';

const OPEN = {
  tcp: [22, 80, 443, 3478, 5060, 5061, 5349],
  udp: [3478, 5060, 5349, 20_000, 24_999],
};
/** Event socket, drachtio's door, FreeSWITCH's SIP, SIP over WebSocket, Redis, TURN's relay ports. */
const SHUT = {
  tcp: [5066, 5080, 6379, 8021, 8080, 9022],
  udp: [5080, 5061, 19_999, 25_000, 50_000],
};
const ALL = {
  tcp: [...OPEN.tcp, ...SHUT.tcp],
  udp: [...OPEN.udp, ...SHUT.udp],
};

/** Answers on every port; runs on the server. */
const ANSWERING = `
  const { tcp, udp } = ${JSON.stringify(ALL)};
  const net = require('node:net'), dgram = require('node:dgram');
  const all = [
    ...tcp.map((port) => new Promise((done) => net.createServer((s) => s.end()).listen(port, '0.0.0.0', done))),
    ...udp.map((port) => new Promise((done) => {
      const socket = dgram.createSocket('udp4');
      socket.on('message', (text, from) => socket.send(text, from.port, from.address));
      socket.bind(port, '0.0.0.0', done);
    })),
  ];
  Promise.all(all).then(() => console.log('answering'));
`;

/** Tries every port for a second; runs outside. */
const KNOCKING = `
  const { tcp, udp } = ${JSON.stringify(ALL)};
  const net = require('node:net'), dgram = require('node:dgram');
  const open = { tcp: [], udp: [] };
  const byTcp = (port) => new Promise((done) => {
    const socket = net.connect({ port, host: '${SERVER_IP}', timeout: 1000 });
    socket.on('connect', () => { open.tcp.push(port); socket.destroy(); });
    socket.on('timeout', () => socket.destroy()).on('error', () => {}).on('close', done);
  });
  const byUdp = (port) => new Promise((done) => {
    const socket = dgram.createSocket('udp4');
    const end = setTimeout(() => { socket.close(); done(); }, 1000);
    socket.on('message', () => { open.udp.push(port); clearTimeout(end); socket.close(); done(); });
    socket.send('?', port, '${SERVER_IP}');
  });
  Promise.all([...tcp.map(byTcp), ...udp.map(byUdp)]).then(() => {
    for (const list of [open.tcp, open.udp]) list.sort((a, b) => a - b);
    console.log(JSON.stringify(open));
  });
`;

/** 2000 datagrams to a port within a second, then how many were answered. */
const flooding = (port: number): string => `
  const socket = require('node:dgram').createSocket('udp4');
  let answered = 0, sent = 0;
  socket.on('message', () => (answered += 1));
  const send = () => {
    for (let i = 0; i < 10; i++) socket.send('?', ${port}, '${SERVER_IP}');
    if ((sent += 10) < 2000) setTimeout(send, 2);
    else setTimeout(() => { console.log('answered ' + answered); socket.close(); }, 300);
  };
  send();
`;

describe.skipIf(!canMakeNetworks)('the firewall of deploy/nftables.conf', () => {
  let network: Network;
  let server: Child;

  const node = (machine: 'server' | 'outside', program: string): Child =>
    new Child(...network.on(machine, process.execPath, '-e', program));

  beforeAll(async () => {
    network = new Network();
    network.load('deploy/nftables.conf');
    network.load('deploy/nftables.conf');
    server = node('server', ANSWERING);
    await server.prints(/answering/);
  });

  afterAll(async () => {
    await server?.kill('SIGKILL');
    network?.remove();
  });

  test('lets calls, pages and TURN in, and nobody to what is ours alone', async () => {
    const [text] = await node('outside', KNOCKING).prints(/\{.*\}/);
    expect(JSON.parse(text)).toEqual(OPEN);
  });

  test('our own programs reach each other', async () => {
    const [text] = await node('server', KNOCKING).prints(/\{.*\}/);
    const sorted = (ports: readonly number[]) => [...ports].sort((a, b) => a - b);
    expect(JSON.parse(text)).toEqual({ tcp: sorted(ALL.tcp), udp: sorted(ALL.udp) });
  });

  test('cuts a flood of SIP from one address, and no audio', async () => {
    const answered = async (port: number): Promise<number> => {
      const [, count] = await node('outside', flooding(port)).prints(/answered (\d+)/);
      return Number(count);
    };
    expect(await answered(20_000)).toBeGreaterThan(1_800);
    expect(await answered(5060)).toBeLessThan(400);
  });
});
