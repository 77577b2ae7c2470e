import { describe, expect, test } from 'vitest';
import { formatCommand, isTrue, toCommand } from '../../../protocol/esl/command.ts';
import { EslDecoder } from '../../../protocol/esl/decoder.ts';

test('a command is one line and a blank one', () => {
  expect(formatCommand('api status')).toBe('api status\n\n');
});

test('headers and a counted body follow the line', () => {
  expect(formatCommand('sendmsg u', { 'call-command': 'execute' }, 'zoë')).toBe(
    'sendmsg u\ncall-command: execute\nContent-Length: 4\n\nzoë',
  );
});

describe('nothing can smuggle in a second command', () => {
  const attempts: (() => string)[] = [
    () => formatCommand('api status\n\nbgapi system id'),
    () => formatCommand('api status\rexit'),
    () => formatCommand('api status\0'),
    () => formatCommand('sendmsg u', { 'execute-app-arg': 'x\nevent-lock: true' }),
    () => formatCommand('sendmsg u', { 'execute-app-arg': 'x\r' }),
    () => formatCommand('sendmsg u', { 'a: b\nc': 'x' }),
    () => formatCommand('sendmsg u', { '': 'x' }),
  ];
  for (const [at, attempt] of attempts.entries()) {
    test(`attempt ${at + 1} is refused`, () => expect(attempt).toThrow(TypeError));
  }
});

test('what a controller sends is read as line, headers and body', () => {
  const bytes = Buffer.from(formatCommand('sendmsg u', { 'Event-UUID': 'e' }, 'body'));
  const [frame] = new EslDecoder().push(bytes);
  expect(toCommand(frame!)).toEqual({
    line: 'sendmsg u',
    headers: [
      { name: 'Event-UUID', value: 'e' },
      { name: 'Content-Length', value: '4' },
    ],
    body: 'body',
  });
});

for (const [value, on] of [
  ['true', true],
  ['Yes', true],
  ['1', true],
  ['0', false],
  ['false', false],
  ['', false],
] as const) {
  test(`${value || 'nothing'} means ${on ? 'on' : 'off'}`, () => {
    expect(isTrue([{ name: 'event-lock', value }], 'Event-Lock')).toBe(on);
  });
}
