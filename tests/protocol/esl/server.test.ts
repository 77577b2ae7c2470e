import { describe, expect, test } from 'vitest';
import type { ServerEffect, ServerSession } from '../../../protocol/esl/server.ts';
import {
  NEW_SESSION,
  RUDE_REJECTION,
  formatApiResponse,
  formatEventFrame,
  receive,
  sendmsgReply,
} from '../../../protocol/esl/server.ts';

const CHOICES = { isPassword: (attempt: string) => attempt === 'secret', uuid: () => 'fresh' };

function say(
  session: ServerSession,
  line: string,
  headers: Record<string, string> = {},
): readonly [ServerSession, readonly ServerEffect[]] {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return receive(session, { line, headers: list, body: '' }, CHOICES);
}

const [LOGGED_IN] = say(NEW_SESSION, 'auth secret');

/** What was written back, without the frame around it. */
function replyTo(line: string, session = LOGGED_IN, headers: Record<string, string> = {}): string {
  const [, effects] = say(session, line, headers);
  const [first] = effects;
  const text = first?.kind === 'write' ? first.text : '';
  return /Reply-Text: (.*)\n/.exec(text)?.[1] ?? text;
}

describe('login', () => {
  test('the right password is accepted', () => {
    expect(replyTo('auth secret', NEW_SESSION)).toBe('+OK accepted');
    expect(LOGGED_IN.login).toBe('accepted');
  });

  test('a wrong one is told, and the connection ends', () => {
    const [session, effects] = say(NEW_SESSION, 'auth Secret');
    expect(session.login).toBe('ended');
    expect(effects.map(({ kind }) => kind)).toEqual(['write', 'write', 'close']);
    expect(replyTo('auth Secret', NEW_SESSION)).toBe('-ERR invalid');
  });

  for (const line of ['api status', 'bgapi status', 'event plain ALL', 'sendmsg u', 'filter a b']) {
    test(`before login ${line} does nothing`, () => {
      const [session, effects] = say(NEW_SESSION, line);
      expect(session).toEqual(NEW_SESSION);
      expect(effects).toEqual([
        {
          kind: 'write',
          text: 'Content-Type: command/reply\nReply-Text: -ERR command not found\n\n',
        },
      ]);
    });
  }

  test('userauth is not offered', () => {
    expect(replyTo('userauth a@b:c', NEW_SESSION)).toBe('-ERR invalid');
  });
});

const REPLIES = [
  ['foo bar', '-ERR command not found'],
  ['event json', '-ERR no keywords supplied'],
  ['event json CHANNEL_PARK', '+OK event listener enabled json'],
  ['event plain ALL', '+OK event listener enabled plain'],
  ['events plain DTMF', '+OK event listener enabled plain'],
  ['nixevent DTMF', '+OK events nixed'],
  ['noevents', '-ERR not listening for events'],
  ['filter Unique-ID x', '+OK filter added. [Unique-ID]=[x]'],
  ['myevents 1234', '-ERR invalid uuid'],
  ['linger', '-ERR not controlling a session'],
  ['nolinger', '-ERR not controlling a session'],
  ['log 7', '+OK log level 7 [7]'],
  ['log bogus', '-ERR invalid log level'],
  ['nolog', '-ERR not loging'],
  ['exit', '+OK bye'],
] as const;

for (const [line, reply] of REPLIES) {
  test(`${line} is answered ${reply}`, () => expect(replyTo(line)).toBe(reply));
}

describe('orders to the switch', () => {
  test('api is split at the first blank', () => {
    expect(say(LOGGED_IN, 'api conference m-a list')[1]).toEqual([
      { kind: 'api', command: 'conference', args: 'm-a list' },
    ]);
  });

  test('bgapi keeps the Job-UUID that the controller chose', () => {
    const [, effects] = say(LOGGED_IN, 'bgapi status', { 'Job-UUID': 'mine' });
    expect(effects[0]).toEqual({
      kind: 'write',
      text: 'Content-Type: command/reply\nReply-Text: +OK Job-UUID: mine\nJob-UUID: mine\n\n',
    });
    expect(effects[1]).toEqual({ kind: 'bgapi', jobUuid: 'mine', command: 'status', args: '' });
  });

  test('bgapi without one gets a fresh one', () => {
    expect(replyTo('bgapi status')).toBe('+OK Job-UUID: fresh');
  });

  test('sendmsg waits for the switch to say whether the channel is there', () => {
    const [, effects] = say(LOGGED_IN, 'sendmsg u-1', { 'call-command': 'hangup' });
    expect(effects).toMatchObject([{ kind: 'sendmsg', uuid: 'u-1' }]);
    expect(sendmsgReply('u-1', true)).toContain('Reply-Text: +OK\n');
    expect(sendmsgReply('u-1', false)).toContain('-ERR invalid session id [u-1]');
  });

  test('sendevent is acknowledged with its Event-UUID and fired', () => {
    const [, effects] = say(LOGGED_IN, 'sendevent CUSTOM', { 'Event-Subclass': 'a::b' });
    expect(effects).toMatchObject([{ kind: 'write' }, { kind: 'fire', name: 'CUSTOM' }]);
    expect(replyTo('sendevent CUSTOM')).toBe('+OK fresh');
  });
});

test('an API command without output is answered as FreeSWITCH does', () => {
  expect(formatApiResponse('')).toBe(
    'Content-Type: api/response\nContent-Length: 14\n\n-ERR no reply\n',
  );
});

test('an API response counts bytes', () => {
  expect(formatApiResponse('zoë')).toBe('Content-Type: api/response\nContent-Length: 4\n\nzoë');
});

test('an event frame names its format', () => {
  const event = { headers: [{ name: 'Event-Name', value: 'DTMF' }] };
  expect(formatEventFrame(event, 'json')).toBe(
    'Content-Length: 21\nContent-Type: text/event-json\n\n{"Event-Name":"DTMF"}',
  );
  expect(formatEventFrame(event, 'plain')).toBe(
    'Content-Length: 18\nContent-Type: text/event-plain\n\nEvent-Name: DTMF\n\n',
  );
});

test('the refusal of an address is FreeSWITCH’s', () => {
  expect(RUDE_REJECTION).toBe(
    'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n',
  );
});
