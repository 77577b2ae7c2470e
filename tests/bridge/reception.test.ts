import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeResult } from '../../protocol/call/admission.ts';
import { converse, greet } from '../../bridge/reception.ts';
import type { Reception, ReceptionEffect, ReceptionInput } from '../../bridge/reception.ts';
import { BridgeWorld, ROOM, header, identity, leg } from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';

const room = ROOM;
const found = { kind: 'meeting', room, role: 'participant' } as const;
const entry = { kind: 'join', room, role: 'participant', muted: false } as const;

const did = (application: string, digits = ''): ReceptionInput => ({
  kind: 'did',
  application,
  digits,
});
const typed = (digits: string): ReceptionInput => did('play_and_get_digits', digits);
const code = (result: CodeResult): ReceptionInput => ({ kind: 'code', result });
const answered = did('answer');
const played = did('playback');

/** What the caller hears and what happens, when these come one after the other. */
function talk(...inputs: readonly ReceptionInput[]): string[] {
  let [state, effects]: readonly [Reception, readonly ReceptionEffect[]] = greet();
  const told = effects.map(shown);
  for (const input of inputs) {
    [state, effects] = converse(state, input);
    told.push(...effects.map(shown));
  }
  return told;
}

function shown(effect: ReceptionEffect): string {
  switch (effect.kind) {
    case 'ask':
    case 'say':
      return `${effect.kind} ${effect.prompt}`;
    case 'look-up':
      return `look-up ${effect.code}`;
    default:
      return effect.kind;
  }
}

const WRONG = [typed('1'), code({ kind: 'unknown' }), played];

describe('the reception', () => {
  test('asks for the code once answered, and brings the caller to the room', () => {
    const told = talk(
      answered,
      typed('1234567890'),
      code(found),
      { kind: 'admitted', entry },
      played,
    );
    expect(told).toEqual([
      'answer',
      'ask welcome-enter-code',
      'look-up 1234567890',
      'admit',
      'say joining',
      'join',
    ]);
  });

  test('asks three times and says goodbye', () => {
    expect(talk(answered, ...WRONG, ...WRONG, ...WRONG)).toEqual([
      'answer',
      'ask welcome-enter-code',
      'look-up 1',
      'say wrong-code',
      'ask welcome-enter-code',
      'look-up 1',
      'say wrong-code',
      'ask welcome-enter-code',
      'look-up 1',
      'say goodbye',
      'hang-up',
    ]);
  });

  test('sounds the same to a throttled caller as to one with a wrong code', () => {
    const throttled = WRONG.map((input) =>
      input.kind === 'code' ? code({ kind: 'throttled' }) : input,
    );
    expect(talk(answered, ...throttled, ...throttled, ...throttled)).toEqual(
      talk(answered, ...WRONG, ...WRONG, ...WRONG),
    );
  });

  test.each(['', '12345678901', '12*4', 'x'])(
    'takes %j for a wrong code without looking it up',
    (digits) => {
      expect(talk(answered, typed(digits)).at(-1)).toBe('say wrong-code');
    },
  );

  test.each([
    ['full', 'meeting-full'],
    ['locked', 'meeting-locked'],
    ['ended', 'meeting-ended'],
    ['unknown', 'meeting-ended'],
  ] as const)('says why when the meeting is %s, then hangs up', (why, prompt) => {
    const told = talk(answered, typed('1'), code(found), { kind: 'refused', why }, played);
    expect(told.slice(-2)).toEqual([`say ${prompt}`, 'hang-up']);
  });

  test('is not moved by what comes out of turn', () => {
    const all = [answered, played, typed('1'), code(found), did('conference')];
    const joined = [
      answered,
      typed('1'),
      code(found),
      { kind: 'admitted', entry },
      played,
    ] as const;
    expect(talk(...joined, ...all, { kind: 'refused', why: 'full' })).toEqual(talk(...joined));
    expect(talk(code(found), played, { kind: 'admitted', entry })).toEqual(['answer']);
  });
});

describe('a caller at the reception', () => {
  let world: BridgeWorld;
  beforeEach(async () => {
    world = await BridgeWorld.start();
    world.admissions.codes.set('1234567890', found);
  });
  afterEach(async () => {
    await world.stop();
  });

  async function call(n: number): Promise<void> {
    const destination = { kind: 'reception', dialled: '7000' } as const;
    world.freeswitch.park(leg(n), header(identity('Ada', { destination, source: '192.0.2.7' })));
    await asked(n, 1);
  }

  function asked(n: number, times: number): Promise<boolean> {
    return eventually(
      `asked ${times} times`,
      () => world.heardLike(new RegExp(`${leg(n)} play_and_get_digits`)).length === times,
    );
  }

  test('hears what to do and is taken to the meeting of the code', async () => {
    await call(1);
    expect(world.freeswitch.heard).toContain(
      `${leg(1)} play_and_get_digits 1 10 1 10000 # /prompts/en/welcome-enter-code.wav ` +
        'silence_stream://100 partyline_digits \\d+ 5000',
    );
    world.freeswitch.type(leg(1), '1234567890');
    expect(await world.row(1)).toMatchObject({ name: 'Ada', via: 'phone', number: '1001' });
    expect(world.admissions.asked).toEqual(['1234567890 from 192.0.2.7']);
    expect(world.heardLike(/playback/)).toEqual([`${leg(1)} playback /prompts/en/joining.wav`]);
  });

  test('is the person whose code it was, with that person’s role', async () => {
    world.admissions.codes.set('5', {
      ...found,
      role: 'moderator',
      person: { id: 'p-2', name: 'Grace' },
    });
    await call(1);
    world.freeswitch.type(leg(1), '5');
    expect(await world.row(1)).toMatchObject({ name: 'Grace', personId: 'p-2', role: 'moderator' });
  });

  test('is hung up after three wrong codes and a goodbye', async () => {
    await call(1);
    for (const [index, digits] of ['1', '', '8675309'].entries()) {
      await asked(1, index + 1);
      world.freeswitch.type(leg(1), digits);
    }
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(world.heardLike(/playback/).map((line) => line.split('/').at(-1))).toEqual([
      'wrong-code.wav',
      'wrong-code.wav',
      'goodbye.wav',
    ]);
    expect(world.logged.join()).not.toContain('8675309');
  });

  test('hears that the meeting is full, and is not let in', async () => {
    world.admissions.admission = () => ({ kind: 'refuse', why: 'full' });
    await call(1);
    world.freeswitch.type(leg(1), '1234567890');
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(world.heardLike(/meeting-full/)).toHaveLength(1);
    expect(world.bridge.rooms().size).toBe(0);
  });

  test('who hangs up while the code is looked up leaves nothing behind', async () => {
    await call(1);
    let open = (): void => undefined;
    world.admissions.gate = new Promise((resolve) => {
      open = resolve;
    });
    world.freeswitch.type(leg(1), '1234567890');
    await eventually('looked up', () => world.admissions.asked.length === 1);
    world.freeswitch.hangUp(leg(1));
    await eventually('gone', () => world.bridge.dump().nodes[0]?.callers === 0);
    open();
    await world.bridge.auditNow();
    expect(world.heardLike(/conference m|joining/)).toEqual([]);
    expect(world.bridge.dump().nodes[0]).toMatchObject({ comingIn: 0, wishes: {} });
  });
});
