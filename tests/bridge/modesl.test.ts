import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EslEvent, EslLink, LinkEnd } from '../../bridge/esl.ts';
import { openLink } from '../../bridge/modesl.ts';
import { ScriptedFreeSwitch } from '../support/scripted-freeswitch.ts';
import { eventually } from '../support/eventually.ts';

let freeswitch: ScriptedFreeSwitch;
let link: EslLink | undefined;
let events: EslEvent[];
let ends: LinkEnd[];
let readies: number;

beforeEach(async () => {
  freeswitch = new ScriptedFreeSwitch();
  events = [];
  ends = [];
  readies = 0;
  await freeswitch.wire.listen();
});
afterEach(async () => {
  link?.close();
  await freeswitch.wire.close();
});

function dial(more: { readonly password?: string; readonly port?: number } = {}): EslLink {
  link = openLink(
    { ...freeswitch.wire.address, ...more },
    {
      ready: () => readies++,
      event: (event) => events.push(event),
      ended: (end) => ends.push(end),
    },
  );
  return link;
}

async function ready(): Promise<EslLink> {
  const opened = dial();
  await eventually('logged in', () => readies === 1);
  return opened;
}

async function ended(): Promise<LinkEnd> {
  return eventually('ended', () => ends[0]);
}

describe('logging in', () => {
  test('subscribes to nothing that was not asked for', async () => {
    await ready();
    expect(freeswitch.wire.commands).toEqual(['auth ClueCon']);
  });

  test('reports a wrong password as a refusal', async () => {
    dial({ password: 'wrong' });
    expect(await ended()).toMatchObject({ kind: 'refused' });
    expect(ends[0]?.detail).toMatch(/password/);
  });

  test('reports an access list that keeps us out as a refusal', async () => {
    freeswitch.wire.greeting =
      'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n';
    dial();
    expect(await ended()).toMatchObject({ kind: 'refused' });
    expect(ends[0]?.detail).toMatch(/access list/);
  });

  test('reports a port where nobody listens as a loss', async () => {
    const { port } = freeswitch.wire;
    await freeswitch.wire.close();
    dial({ port });
    expect(await ended()).toMatchObject({ kind: 'lost' });
  });
});

describe('commands', () => {
  test('get each its own answer, in order, whatever their kind', async () => {
    const opened = await ready();
    const replies = await Promise.all([
      opened.api('status', 1000),
      opened.command('event json CHANNEL_PARK', 1000),
      opened.api('uuid_kill none', 1000),
      opened.command('sendmsg none\ncall-command: execute', 1000),
    ]);
    expect(replies.map((reply) => (reply.kind === 'answered' ? reply.text : reply.why))).toEqual([
      expect.stringContaining('UP 0 years'),
      '+OK event listener enabled json',
      '-ERR No such channel!\n',
      '-ERR invalid session id [none]',
    ]);
  });

  test('that are not answered in time end so, and their late answer is not the next one’s', async () => {
    const opened = await ready();
    freeswitch.wire.mute = true;
    expect(await opened.api('first', 30)).toEqual({ kind: 'unanswered', why: 'deadline' });
    const second = opened.api('second', 2000);
    freeswitch.wire.write('Content-Type: api/response\nContent-Length: 5\n\nfirst');
    freeswitch.wire.write('Content-Type: api/response\nContent-Length: 6\n\nsecond');
    expect(await second).toEqual({ kind: 'answered', text: 'second' });
  });

  test('end at once when the connection is reset', async () => {
    const opened = await ready();
    freeswitch.wire.mute = true;
    const reply = opened.api('status', 60_000);
    const job = opened.bgapi('status', 60_000);
    freeswitch.wire.cut();
    expect(await reply).toEqual({ kind: 'unanswered', why: 'closed' });
    expect(await job).toEqual({ kind: 'unanswered', why: 'closed' });
    expect(await ended()).toMatchObject({ kind: 'lost' });
    expect(await opened.api('status', 60_000)).toEqual({ kind: 'unanswered', why: 'closed' });
  });

  test('in the background are answered by their event', async () => {
    const opened = await ready();
    await opened.command('event json BACKGROUND_JOB', 1000);
    expect(await opened.bgapi('uuid_getvar none x', 1000)).toEqual({
      kind: 'answered',
      text: '-ERR No such channel!\n',
    });
  });

  test('in the background that are refused end with the refusal', async () => {
    const opened = await ready();
    freeswitch.wire.mute = true;
    const job = opened.bgapi('status', 1000);
    freeswitch.wire.write('Content-Type: command/reply\nReply-Text: -ERR permission denied\n\n');
    expect(await job).toEqual({ kind: 'answered', text: '-ERR permission denied' });
  });

  test('take less than Nagle’s 40 ms', async () => {
    const opened = await ready();
    const took: number[] = [];
    for (let n = 0; n < 20; n++) {
      const asked = performance.now();
      await opened.api('status', 1000);
      took.push(performance.now() - asked);
    }
    // Most of them: a busy machine may keep some waiting.
    expect(took.filter((ms) => ms < 20).length).toBeGreaterThan(10);
  });

  test.each(['api a\n\napi b', 'api a\r\n', 'api a\0'])(
    'cannot hold a second one: %j',
    async (text) => {
      const opened = await ready();
      expect(() => void opened.command(text, 1000)).toThrow();
    },
  );
});

describe('what FreeSWITCH sends', () => {
  test('may hold a bare per cent sign in a header', async () => {
    const opened = await ready();
    freeswitch.wire.mute = true;
    const reply = opened.command('x', 1000);
    freeswitch.wire.write('Content-Type: command/reply\nReply-Text: +OK 100% done\n\n');
    expect(await reply).toEqual({ kind: 'answered', text: '+OK 100% done' });
  });

  test('may come in pieces of one byte', async () => {
    const opened = await ready();
    freeswitch.wire.mute = true;
    const reply = opened.api('x', 5000);
    const event = '{"Event-Name":"CUSTOM","Caller":"Ünal 50%"}';
    const bytes = Buffer.from(
      `Content-Length: ${Buffer.byteLength(event)}\nContent-Type: text/event-json\n\n${event}` +
        'Content-Type: api/response\nContent-Length: 3\n\n+OK',
    );
    for (const byte of bytes) {
      freeswitch.wire.writeBytes(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    expect(await reply).toEqual({ kind: 'answered', text: '+OK' });
    expect(events[0]?.headers.get('Caller')).toBe('Ünal 50%');
  });

  test('may hold headers that are lists, which are left out', async () => {
    await ready();
    const body = '{"Event-Name":"X","list":["a","b"],"__proto__":{"x":"y"},"n":1,"t":"u"}';
    freeswitch.wire.write(
      `Content-Length: ${body.length}\nContent-Type: text/event-json\n\n${body}`,
    );
    const event = await eventually('event', () => events[0]);
    expect([...event.headers]).toEqual([
      ['Event-Name', 'X'],
      ['t', 'u'],
    ]);
  });

  test.each([
    ['a length that is no number', 'Content-Type: api/response\nContent-Length: abc\n\n'],
    ['a negative length', 'Content-Type: api/response\nContent-Length: -5\n\n'],
    ['a length beyond all memory', 'Content-Type: api/response\nContent-Length: 99999999999\n\n'],
    ['a length over 16 MiB', 'Content-Type: api/response\nContent-Length: 16777217\n\n'],
    ['an answer to no question', 'Content-Type: api/response\nContent-Length: 2\n\nhi'],
    ['an event that is no JSON', 'Content-Type: text/event-json\nContent-Length: 1\n\n{'],
    ['a header block without end', 'a'.repeat(1024 * 1024 + 100)],
    ['a goodbye', 'Content-Type: text/disconnect-notice\nContent-Length: 0\n\n'],
    ['ten thousand empty frames', 'a\n\n'.repeat(20_000) + 'Content-Length: x\n\n'],
  ])('ends the link, not the process, when it is %s', async (_, bytes) => {
    await ready();
    freeswitch.wire.write(bytes);
    expect(await ended()).toMatchObject({ kind: 'lost' });
    expect(ends).toHaveLength(1);
  });

  test('is left alone where it is of no kind we know', async () => {
    const opened = await ready();
    freeswitch.wire.write('Content-Type: log/data\nContent-Length: 4\n\n100%');
    freeswitch.wire.write('Content-Type: auth/request\n\n');
    expect(await opened.api('status', 1000)).toMatchObject({ kind: 'answered' });
    expect(freeswitch.wire.commands).toEqual(['auth ClueCon', 'api status']);
  });
});
