import { describe, expect, test } from 'vitest';
import { EMPTY_TRUNK, readTrunk, trunkFormOf } from '../../../web-phone/console/trunk-form.ts';
import type { TrunkForm } from '../../../web-phone/console/trunk-form.ts';
import { trunkLamp } from '../../../web-phone/console/trunk-lamp.ts';
import { trunk } from '../support/scenes.ts';

const filled: TrunkForm = { ...EMPTY_TRUNK, name: 'provider', server: 'sip.example.org:5080' };

function body(part: Partial<TrunkForm>, isNew = true): object {
  const read = readTrunk({ ...filled, ...part }, isNew);
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
    const read = readTrunk({ ...form, username: '', callerId: '' }, false);
    expect(read).toMatchObject({ ok: true, body: { username: null, callerId: null } });
    expect(read).not.toHaveProperty('body.password');
    expect(read).not.toHaveProperty('body.name');
  });

  test('one that was not touched comes back as it was', () => {
    const read = readTrunk(trunkFormOf(trunk()), false);
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
      expect(readTrunk({ ...filled, [field]: value }, true)).toMatchObject({ ok: false, field });
    });
  }
});

describe('a trunk’s lamp', () => {
  for (const [state, on] of [
    ['registered', true],
    ['reachable', true],
    ['off', true],
    ['trying', false],
    ['refused', false],
  ] as const) {
    test(`is ${on ? 'on' : 'off'} where it is ${state}`, () => {
      expect(trunkLamp(trunk({ line: { state } })).on).toBe(on);
    });
  }

  test('says what is wrong in the gateway’s words', () => {
    const line = { state: 'refused', detail: 'The provider says 403.' } as const;
    expect(trunkLamp(trunk({ line }))).toMatchObject({ trouble: 'The provider says 403.' });
  });

  test('is off while nobody knows yet, and says from where calls come', () => {
    expect(trunkLamp(trunk({ register: false, addresses: ['192.0.2.0/24'] }))).toEqual({
      on: false,
      words: 'Asking, from 192.0.2.0/24',
    });
  });
});
