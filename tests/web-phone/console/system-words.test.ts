import { describe, expect, test } from 'vitest';
import { SYSTEM_FINDINGS } from '../../../protocol/http/system.ts';
import { bytesText, findingWords, systemText } from '../../../web-phone/console/system-words.ts';
import { system as german } from '../../../web-phone/words/de/system.ts';
import { system as english } from '../../../web-phone/words/en/system.ts';
import { SYSTEM_FACTS } from '../../support/system.ts';
import { TROUBLED, viewOf } from '../support/system-shots.ts';

test.each(SYSTEM_FINDINGS)('%s is said in German', (kind) => {
  const finding = { kind, mark: 'ok', found: 'English.', values: {} } as const;
  expect(findingWords(finding, german.finding).found).not.toBe('English.');
});

describe.each(viewOf(TROUBLED).findings)('$kind', (finding) => {
  test('has something to do in German wherever it has in English', () => {
    const { remedy } = findingWords(finding, german.finding);
    expect(remedy === undefined).toBe(finding.remedy === undefined);
  });

  test('is told in German with every value that it has', () => {
    const { found, remedy = '' } = findingWords(finding, german.finding);
    expect(`${found}${remedy}`).not.toMatch(/undefined|NaN/);
  });

  test('is told in English as the server says it', () => {
    expect(findingWords(finding, english.finding).found).toBe(finding.found);
  });
});

test('why a trunk does not stand is said in German too, with the provider’s own words', () => {
  const down = viewOf(TROUBLED).findings.filter(({ kind }) => kind === 'trunk-down');
  const said = down.map((finding) => findingWords(finding, german.finding).found);
  expect(said).toEqual([
    'Keine Anrufe über den Trunk fallback. Der Anbieter nimmt Benutzername und Passwort nicht an und meldet 401 „Unauthorized“.',
  ]);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_400, '1.4 kB'],
  [190_000_000, '190 MB'],
  [41e9, '41 GB'],
  [3e15, '3,000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(bytesText(bytes, 'en')).toBe(text);
});

test('the text for support has every finding with its remedy, and no phone number', () => {
  const view = viewOf(TROUBLED);
  const found = { kind: 'trunk-down', mark: 'warning', values: {} } as const;
  const talkative = { ...found, found: 'No calls by the trunk to +49 30 901234.' };
  const text = systemText({ ...view, findings: [...view.findings, talkative] });
  for (const { remedy = '' } of view.findings) expect(text).toContain(remedy);
  expect(text).toContain('MEND ');
  expect(text).toContain('No calls by the trunk to (number).');
  expect(text).not.toContain('901234');
});

test('a server that is well is told in a few lines', () => {
  expect(systemText(viewOf(SYSTEM_FACTS))).toMatchInlineSnapshot(`
    "Partyline 0.1.0, Node 20.19.2, 2026-11-22T09:00:00.000Z
    Running since 2026-11-20T08:00:00.000Z; 4 processors, load 0.42
    Memory 190 MB of 8.3 GB
    Late by 1/6/14 ms (p50/p99/max)
    Now: 12 calls, 12 people, 3 rooms, 2 of 5 phones
    FreeSWITCH 10.0.0.5:8021: up, 1.11.1-release, 9 people, 2 rooms, 78 % idle
    SIP (drachtio-server): joined, meet.example.org:5060
    Store lmdb: 1 ms
    Trunks: registered
    Web: https://meet.example.org

    ok   FreeSWITCH takes calls.
    ok   Phones and browsers can call, at meet.example.org:5060.
    ok   The trunk stands.
    ok   The store answers within 1 ms.
    ok   39100 MiB are free for DATA_DIR.
    ok   This process has 181 MiB of memory, 2 % of the machine’s.
    ok   This process is at most 6 ms late (99 of 100 times).
    ok   The certificate is good until 2026-12-30.
    "
  `);
});
