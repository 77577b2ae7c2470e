import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../check/xml.ts';
import type { Element } from '../../../check/xml.ts';
import { isPersonName } from '../../../meetings/rules/names.ts';
import { kindOfFile, PHONE_KINDS, settingsFile } from '../../../protocol/provisioning/files.ts';
import type { PhoneLine } from '../../../protocol/provisioning/line.ts';

const DATA = join(import.meta.dirname, '../../data/provisioning');
const LINE: PhoneLine = {
  username: 'reception',
  password: 'k3v5q2xw7abcdefghij2',
  name: 'Zoë & Sons – “Hall”',
  server: 'pbx.example.org:5070',
  transport: 'udp',
};

test.each(PHONE_KINDS)('the file for %s is the one that was looked through', (kind) => {
  expect(settingsFile(kind, LINE).text).toBe(readFileSync(join(DATA, kind), 'utf8'));
});

/** Names that would be another setting, tag or line if they were taken as they are. */
const HOSTILE = [
  'x\naccount.1.password = mine',
  'x\r\naccount.2.enable = 1',
  '</user_realname><user_host idx="1">evil</user_host>',
  ']]><!ENTITY x SYSTEM "file:///etc/passwd">&x;',
  '"><sip:evil@example.org>;auth_pass=x',
  '\u2028account.1.enable = 0',
  '\u0000\u202e"; rm -rf /',
];

describe.each(HOSTILE)('a phone named %j', (name) => {
  test.each(['yealink', 'plain', 'baresip'] as const)('adds no line to the file for %s', (kind) => {
    const usual = settingsFile(kind, LINE).text.split(/[\n\r\u2028\u2029]/);
    expect(settingsFile(kind, { ...LINE, name }).text.split(/[\n\r\u2028\u2029]/)).toHaveLength(
      usual.length,
    );
  });

  test.each(['snom', 'grandstream', 'linphone'] as const)('adds no tag to that for %s', (kind) => {
    const usual = shapeOf(settingsFile(kind, LINE).text);
    expect(shapeOf(settingsFile(kind, { ...LINE, name }).text)).toEqual(usual);
  });

  test('leaves baresip its address and login', () => {
    expect(settingsFile('baresip', { ...LINE, name }).text).toMatch(
      /^"[^"<>;\\\n]*" <sip:reception@pbx\.example\.org:5070;transport=udp>;auth_user=reception;auth_pass=k3v5q2xw7abcdefghij2;regint=3600\n$/,
    );
  });
});

test('whatever a phone may be called here, the files say it, and nothing else is changed', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 64 }).filter((text) => isPersonName(text));
  fc.assert(
    fc.property(name, (called) => {
      const file = settingsFile('snom', { ...LINE, name: called }).text;
      const values = valuesOf(file);
      expect(values.get('user_realname')).toBe(called);
      expect(values.get('user_pass')).toBe(LINE.password);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('TCP is said as each phone says it', () => {
  const line = { ...LINE, transport: 'tcp' } as const;
  expect(settingsFile('yealink', line).text).toContain('account.1.sip_server.1.transport_type = 1');
  expect(valuesOf(settingsFile('grandstream', line).text).get('P130')).toBe('1');
  expect(valuesOf(settingsFile('snom', line).text).get('user_outbound')).toBe(
    'sip:pbx.example.org:5070;transport=tcp',
  );
  expect(settingsFile('linphone', line).text).toContain(';transport=tcp');
});

test('a server with an IPv6 address keeps its brackets', () => {
  const line = { ...LINE, server: '[2001:db8::5]:5060' };
  expect(settingsFile('yealink', line).text).toContain('sip_server.1.address = [2001:db8::5]\n');
  expect(settingsFile('yealink', line).text).toContain('sip_server.1.port = 5060\n');
});

test.each([
  ['yealink.cfg', 'yealink'],
  ['805EC079C37F.cfg', 'yealink'],
  ['cfg000b82aabbcc.xml', 'grandstream'],
  ['cfg.xml', 'grandstream'],
  ['snom.xml', 'snom'],
  ['snomD785-000413AABBCC.htm', 'snom'],
  ['linphone.xml', 'linphone'],
  ['accounts', 'baresip'],
  ['settings.txt', 'plain'],
  ['y000000000028.cfg', undefined],
  ['../admin-key', undefined],
  ['cfg.xml/', undefined],
  ['', undefined],
] as const)('who asks for %j is %s', (name, kind) => {
  expect(kindOfFile(name)).toBe(kind);
});

interface Shape {
  readonly name: string;
  readonly children: readonly Shape[];
}

function shapeOf(text: string): Shape {
  const root = parseXml(text);
  if (!root) throw new Error('no XML');
  return shape(root);
}

function shape({ name, children }: Element): Shape {
  return { name, children: children.map(shape) };
}

/** What stands between the tags of one line each, numbers read. */
function valuesOf(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/<(\w+)(?: [^>]*)?>([^<>\n]*)<\/\1>/g)];
  return new Map(
    found.map(([, name = '', value = '']) => [
      name,
      value.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code))),
    ]),
  );
}
