import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import modesl from 'modesl';
import { afterEach, describe, expect, test } from 'vitest';
import type { Log } from '../../../protocol/log.ts';
import { EslServer } from '../../../switch/freeswitch/esl-server.ts';
import type { FreeswitchStandIn } from '../../../switch/freeswitch/freeswitch.ts';
import { startFreeswitch } from '../../../switch/freeswitch/freeswitch.ts';
import { EslClient } from '../../support/esl-client.ts';
import { ScriptedMedia } from '../../support/scripted-media.ts';

const PASSWORD = 'a-password-for-tests-only';
const log: Log = () => undefined;
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(): Promise<FreeswitchStandIn> {
  const media = new ScriptedMedia();
  const options = { host: '127.0.0.1', eslPort: 0, sipPort: 0, password: PASSWORD, media, log };
  const freeswitch = await startFreeswitch(options);
  closing.push(() => freeswitch.stop());
  return freeswitch;
}

async function raw(port: number): Promise<{ socket: Socket; said: () => string }> {
  const socket = connect(port, '127.0.0.1');
  closing.push(() => socket.destroy());
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  await once(socket, 'connect');
  return { socket, said: () => text };
}

describe('the event socket', () => {
  test('greets, accepts the password and answers', async () => {
    const { eslPort } = await start();
    const { socket, said } = await raw(eslPort);
    socket.write(`auth ${PASSWORD}\n\napi uuid_exists nope\n\nexit\n\n`);
    await once(socket, 'end');
    expect(said()).toBe(
      'Content-Type: auth/request\n\n' +
        'Content-Type: command/reply\nReply-Text: +OK accepted\n\n' +
        'Content-Type: api/response\nContent-Length: 5\n\nfalse' +
        'Content-Type: command/reply\nReply-Text: +OK bye\n\n' +
        'Content-Type: text/disconnect-notice\nContent-Length: 67\n\n' +
        'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n',
    );
  });

  test('turns a wrong password away', async () => {
    const { eslPort } = await start();
    const { socket, said } = await raw(eslPort);
    socket.write('auth ClueCon\n\n');
    await once(socket, 'end');
    expect(said()).toContain('Reply-Text: -ERR invalid\n');
  });

  test('drops whoever sends a length that cannot be trusted', async () => {
    const freeswitch = await start();
    const { socket } = await raw(freeswitch.eslPort);
    socket.write('auth x\nContent-Length: -1\n\n');
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(freeswitch.dump().controllers).toBe(0);
  });

  test('answers in order what comes in one packet', async () => {
    const { eslPort, password } = await start();
    const esl = await EslClient.connect(eslPort, password);
    closing.push(() => esl.close());
    const asked = ['a', 'b', 'c', 'd'].map((name) => esl.api(`uuid_getvar ${name} x`));
    const version = esl.api('version short');
    expect(await Promise.all(asked)).toEqual(Array(4).fill('-ERR No such channel!\n'));
    expect(await version).toBe('1.11.1\n');
  });

  test('tells a background job’s end by its event', async () => {
    const { eslPort, password } = await start();
    const esl = await EslClient.connect(eslPort, password);
    closing.push(() => esl.close());
    await esl.send('event json BACKGROUND_JOB');
    await esl.send('bgapi uuid_exists nope', { 'Job-UUID': 'job-1' });
    const event = await esl.until('the job', (each) => each['Job-UUID'] === 'job-1');
    expect(event).toMatchObject({ 'Job-Command': 'uuid_exists', 'Job-Command-Arg': 'nope' });
  });

  test('says which channel a message could not reach', async () => {
    const { eslPort, password } = await start();
    const esl = await EslClient.connect(eslPort, password);
    closing.push(() => esl.close());
    const { head } = await esl.execute('nope', 'answer');
    expect(head).toContain('Reply-Text: -ERR invalid session id [nope]');
  });

  test('says goodbye when the switch stops', async () => {
    const freeswitch = await start();
    const { socket, said } = await raw(freeswitch.eslPort);
    socket.write(`auth ${PASSWORD}\n\n`);
    await once(socket, 'data');
    const ended = once(socket, 'end');
    await Promise.all([freeswitch.stop(), ended]);
    closing.shift();
    expect(said()).toContain('Content-Type: text/disconnect-notice');
  });

  test('refuses addresses outside its list rudely', async () => {
    const server = await EslServer.listen(
      { host: '127.0.0.1', port: 0, password: PASSWORD, log, allows: () => false },
      {
        api: () => undefined,
        bgapi: () => undefined,
        hasChannel: () => false,
        sendmsg: () => undefined,
        fire: () => undefined,
      },
    );
    closing.push(() => server.stop());
    const { socket, said } = await raw(server.port);
    await once(socket, 'end');
    expect(said()).toContain('text/rude-rejection');
  });

  test('drops a controller that does not read, and the others hear on', async () => {
    const server = await EslServer.listen(
      { host: '127.0.0.1', port: 0, password: PASSWORD, log, maxBacklogBytes: 1_000_000 },
      {
        api: (_command, _args, answer) => answer('ok'),
        bgapi: () => undefined,
        hasChannel: () => false,
        sendmsg: () => undefined,
        fire: () => undefined,
      },
    );
    closing.push(() => server.stop());
    const { socket } = await raw(server.port);
    socket.on('error', () => undefined);
    socket.write(`auth ${PASSWORD}\n\nevent json HEARTBEAT\n\n`);
    const esl = await EslClient.connect(server.port, PASSWORD);
    closing.push(() => esl.close());
    await esl.send('event json HEARTBEAT');
    socket.pause();
    const headers = [
      { name: 'Event-Name', value: 'HEARTBEAT' },
      { name: 'Filler', value: 'x'.repeat(50_000) },
    ];
    for (let n = 0; n < 2_000 && server.connections === 2; n++) {
      server.publish({ headers });
      await esl.api('status');
    }
    expect(server.connections).toBe(1);
    expect(await esl.api('status')).toBe('ok');
  });
});

describe('modesl, unchanged', () => {
  interface Modesl {
    on(name: string, listener: (...args: unknown[]) => void): void;
    once(name: string, listener: (...args: unknown[]) => void): void;
    disconnect(): void;
    api(command: string, args: string, done: (event: { getBody(): string }) => void): void;
    bgapi(command: string, args: string, done: (event: { getBody(): string }) => void): void;
    events(format: string, names: string[], done: () => void): void;
    show(item: string, done: (error: unknown, data: { rows: unknown[] }) => void): void;
  }

  async function client(port: number, password = PASSWORD): Promise<Modesl> {
    const connection = new modesl.Connection('127.0.0.1', port, password) as unknown as Modesl;
    closing.push(() => connection.disconnect());
    await new Promise<void>((resolve, reject) => {
      connection.once('esl::ready', () => resolve());
      connection.once('esl::event::auth::fail', () => reject(new Error('login failed')));
    });
    return connection;
  }

  test('logs in, asks, runs jobs and hears events', async () => {
    const { eslPort, password } = await start();
    const connection = await client(eslPort);
    const body = await new Promise<string>((resolve) =>
      connection.api('conference', 'json_list', (event) => resolve(event.getBody())),
    );
    expect(body).toBe('[]');
    const job = await new Promise<string>((resolve) =>
      connection.bgapi('uuid_exists', 'nope', (event) => resolve(event.getBody())),
    );
    expect(job).toBe('false');
    const heard = new Promise<unknown>((resolve) =>
      connection.once('esl::event::CUSTOM::**', (event) => resolve(event)),
    );
    const names = ['CHANNEL_PARK', 'CUSTOM', 'conference::maintenance'];
    await new Promise<void>((resolve) => connection.events('json', names, resolve));
    const other = await EslClient.connect(eslPort, password);
    closing.push(() => other.close());
    await other.send('sendevent CUSTOM', {
      'Event-Subclass': 'conference::maintenance',
      Action: 'x',
    });
    expect(await heard).toMatchObject({ type: 'CUSTOM', subclass: 'conference::maintenance' });
  });

  test('learns that a password is wrong', async () => {
    const { eslPort } = await start();
    await expect(client(eslPort, 'wrong')).rejects.toThrow('login failed');
  });

  test('reads an empty list of channels', async () => {
    const { eslPort } = await start();
    const connection = await client(eslPort);
    const rows = await new Promise<unknown[]>((resolve, reject) =>
      connection.show('channels', (error, data) =>
        error === null ? resolve(data.rows) : reject(new Error('no list')),
      ),
    );
    expect(rows).toEqual([]);
  });
});
