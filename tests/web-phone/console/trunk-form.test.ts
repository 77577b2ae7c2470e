import { describe, expect, test } from 'vitest';
import { troubleSentence } from '../../../protocol/call/trunk-trouble.ts';
import type { TrunkTrouble } from '../../../protocol/call/trunk-trouble.ts';
import { EMPTY_TRUNK, readTrunk, trunkFormOf } from '../../../web-phone/console/trunk-form.ts';
import type { TrunkForm } from '../../../web-phone/console/trunk-form.ts';
import { testWords, trunkLamp } from '../../../web-phone/console/trunk-lamp.ts';
import { trunks as german } from '../../../web-phone/words/de/trunks.ts';
import { trunks as english } from '../../../web-phone/words/en/trunks.ts';
import { trunk } from '../support/scenes.ts';

const filled: TrunkForm = { ...EMPTY_TRUNK, name: 'provider', server: 'sip.example.org:5080' };

function body(part: Partial<TrunkForm>, isNew = true): object {
  const read = readTrunk({ ...filled, ...part }, isNew, english);
  if (!read.ok) throw new Error(read.detail);
  return read.body;
}

describe('the dialog for a trunk', () => {
  test('needs a name and a server; no word of what is left empty', () => {
    expect(body({})).toEqual({
      name: 'provider',
      server: 'sip.example.org:5080',
      transport: 'udp',
      register: false,
      outbound: false,
      trustsCallerId: true,
      addresses: [],
      numbers: [],
    });
  });

  test('a server without a port has the usual one', () => {
    expect(body({ server: ' sip.example.org ' })).toMatchObject({ server: 'sip.example.org:5060' });
  });

  test('a single address is a network of one, however they are written apart', () => {
    expect(body({ addresses: '192.0.2.7, 198.51.100.0/24\n2001:db8::1' })).toMatchObject({
      addresses: ['192.0.2.7/32', '198.51.100.0/24', '2001:db8::1/128'],
    });
  });

  test('numbers come a line each, with name and language', () => {
    const numbers = '+49 30 901234 Berlin, de\n\n+44 20 7946 0000 London\n+1 (212) 555-0100';
    expect(body({ numbers })).toMatchObject({
      numbers: [
        { number: '+4930901234', label: 'Berlin', language: 'de' },
        { number: '+442079460000', label: 'London', language: 'en' },
        { number: '+12125550100', label: '+12125550100', language: 'en' },
      ],
    });
  });

  test('what was emptied in one that is there is taken away; its password stays', () => {
    const form = trunkFormOf(trunk());
    const read = readTrunk({ ...form, username: '', callerId: '' }, false, english);
    expect(read).toMatchObject({ ok: true, body: { username: null, callerId: null } });
    expect(read).not.toHaveProperty('body.password');
    expect(read).not.toHaveProperty('body.name');
  });

  test('one that was not touched comes back as it was', () => {
    const read = readTrunk(trunkFormOf(trunk()), false, english);
    if (!read.ok) throw new Error(read.detail);
    expect({ name: 'provider', hasPassword: true, ...read.body }).toEqual(trunk());
  });

  for (const [field, value] of [
    ['name', ''],
    ['name', 'Provider'],
    ['server', ''],
    ['server', 'two words'],
    ['numbers', '030 901234'],
    ['numbers', '+4930901234 ok\nBerlin'],
  ] as const) {
    test(`${field} “${value}” is sent back with what to mend`, () => {
      expect(readTrunk({ ...filled, [field]: value }, true, english)).toMatchObject({
        ok: false,
        field,
      });
    });
  }
});

const SAID = { status: 403, reason: 'Account suspended' };
const TROUBLES = Object.keys(english.trouble).map(
  (kind) => ({ kind, ...(!kind.startsWith('no-') && SAID) }) as TrunkTrouble,
);

describe('a trunk’s lamp', () => {
  for (const [state, on] of [
    ['registered', true],
    ['reachable', true],
    ['off', true],
    ['trying', false],
    ['refused', false],
  ] as const) {
    test(`is ${on ? 'on' : 'off'} where it is ${state}`, () => {
      expect(trunkLamp(trunk({ line: { state } }), english).on).toBe(on);
    });
  }

  test('says what is wrong in the gateway’s words where it tells no kind', () => {
    const line = { state: 'refused', detail: 'The provider says 403.' } as const;
    expect(trunkLamp(trunk({ line }), english)).toMatchObject({
      trouble: 'The provider says 403.',
    });
  });

  test.each(TROUBLES)(
    'of $kind is told in each language, with what the provider said',
    (trouble) => {
      const line = { state: 'refused', trouble, detail: troubleSentence(trouble) } as const;
      const said = [english, german].map((say) => trunkLamp(trunk({ line }), say).trouble ?? '');
      expect(said[1]).not.toBe(said[0]);
      for (const each of said) {
        expect(each).not.toMatch(/undefined|  /);
        if ('reason' in trouble) expect(each).toMatch(/403 [“„]Account suspended[”“]/);
      }
    },
  );

  test('a provider that says nothing with its code is quoted with the code alone', () => {
    expect([english.said(403, ''), german.said(403, '')]).toEqual(['403', '403']);
  });

  test('is off while nobody knows yet, and says from where calls come', () => {
    expect(trunkLamp(trunk({ register: false, addresses: ['192.0.2.0/24'] }), english)).toEqual({
      on: false,
      words: 'Asking, from 192.0.2.0/24',
    });
  });
});

describe.each([
  ['English', english],
  ['German', german],
])('in %s', (_language, say) => {
  test.each(['refused', 'trying'] as const)('a trunk that is %s says what to mend', (state) => {
    const lamp = trunkLamp(trunk({ line: { state, detail: 'The provider answers 403.' } }), say);
    expect(lamp).toEqual({
      on: false,
      words: say.state[state],
      trouble: 'The provider answers 403.',
      remedy: say.mend[state],
    });
  });

  test('an answer is told with its code and how soon it came, and what it means', () => {
    const told = { answered: true, status: 200, reason: 'OK', ms: 12, agent: 'SBC' } as const;
    const { good, words } = testWords(told, say);
    expect([good, words]).toEqual([true, expect.stringMatching(/200 OK.*SBC/)]);
    expect(words).toContain(say.fine);
    expect(testWords({ ...told, status: 405 }, say).words).toContain(say.rather);
  });

  test('silence is told with what to look at', () => {
    const told = testWords({ answered: false, ms: 6_002 }, say);
    expect(told).toEqual({ good: false, words: say.silent(6_002) });
    expect(told.words).toContain('6 s');
  });
});
