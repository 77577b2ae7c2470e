import { expect, test } from 'vitest';
import { toMessage } from '../../../protocol/esl/message.ts';

const CASES = [
  [{ head: 'Content-Type: auth/request', body: '' }, { kind: 'auth-request' }],
  [
    { head: 'Content-Type: api/response\nContent-Length: 4', body: '+OK\n' },
    { kind: 'api-response', body: '+OK\n' },
  ],
  [
    { head: 'Content-Type: text/rude-rejection\nContent-Length: 3', body: 'no\n' },
    { kind: 'rude-rejection', text: 'no\n' },
  ],
  [
    { head: 'Content-Type: text/event-json\nContent-Length: 20', body: '{"Event-Name":"DTMF"}' },
    { kind: 'event', event: { headers: [{ name: 'Event-Name', value: 'DTMF' }] } },
  ],
  [
    { head: 'Content-Type: text/event-plain', body: 'Event-Name: DTMF\n\n' },
    { kind: 'event', event: { headers: [{ name: 'Event-Name', value: 'DTMF' }] } },
  ],
  [
    { head: 'Content-Type: text/strange', body: 'x' },
    { kind: 'unknown', contentType: 'text/strange', body: 'x' },
  ],
] as const;

for (const [frame, message] of CASES) {
  test(`${frame.head.split('\n')[0]} is understood`, () => {
    expect(toMessage(frame)).toEqual(message);
  });
}

test('a reply carries its text and its own headers', () => {
  const head = 'Content-Type: command/reply\nReply-Text: +OK Job-UUID: 1\nJob-UUID: 1';
  expect(toMessage({ head, body: '' })).toMatchObject({
    kind: 'command-reply',
    reply: '+OK Job-UUID: 1',
  });
});

test('a disconnect notice carries its farewell', () => {
  const head = 'Content-Type: text/disconnect-notice\nContent-Length: 4';
  expect(toMessage({ head, body: 'bye\n' })).toMatchObject({
    kind: 'disconnect-notice',
    text: 'bye\n',
  });
});

test('a log line carries its text', () => {
  const head = 'Content-Type: log/data\nLog-Level: 7';
  expect(toMessage({ head, body: 'line' })).toMatchObject({ kind: 'log', text: 'line' });
});
