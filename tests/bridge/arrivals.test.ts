import { describe, expect, test } from 'vitest';
import { boundFor, isNameless, recognised, whoOf } from '../../bridge/arrivals.ts';
import { ROOM, identity } from '../support/bridge-world.ts';

describe('an arrival', () => {
  test('is bound for where its identity says', () => {
    expect(boundFor(identity('Ada', { role: 'moderator' }))).toMatchObject({
      room: ROOM,
      role: 'moderator',
    });
    const destination = { kind: 'reception', dialled: '7000' } as const;
    expect(boundFor(identity('Ada', { destination }))).toBeUndefined();
  });

  test('keeps its own name at the reception unless the code is somebody’s', () => {
    const phone = identity('+44', { destination: { kind: 'reception', dialled: '7000' } });
    const stranger = recognised(phone, { room: ROOM, role: 'participant' });
    expect(whoOf(stranger, 'participant', 'masked')).toMatchObject({ name: '+44' });
    const person = { id: 'p-1', name: 'Grace' };
    const known = recognised(phone, { room: ROOM, role: 'moderator', person });
    expect(whoOf(known, 'moderator', 'masked')).toMatchObject({ name: 'Grace', personId: 'p-1' });
  });

  test.each([
    ['masked', '+49…4567', '+49…4567'],
    ['full', '+491511234567', '+491511234567'],
    ['hidden', '', 'Unnamed caller'],
  ] as const)('whose numbers are %s is shown as "%s", named "%s"', (numbers, number, name) => {
    const caller = identity('+491511234567', { unnamed: true, number: '+491511234567' });
    expect(whoOf(caller, 'participant', numbers)).toMatchObject({ number, name, unnamed: true });
    expect(isNameless(caller)).toBe(true);
    expect(isNameless({ ...caller, account: '1001' })).toBe(false);
  });
});
