import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BridgeWorld, ROOM, header, identity, leg } from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';

const found = { kind: 'meeting', room: ROOM, role: 'participant' } as const;
const CODE = '1234567890';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({}, { patience: { againMs: 50 } });
  world.admissions.codes.set(CODE, found);
});
afterEach(async () => {
  await world.stop();
});

async function call(n: number, more: Parameters<typeof identity>[1] = {}): Promise<void> {
  const destination = { kind: 'reception', dialled: '7000' } as const;
  const who = identity('Ada', { destination, source: '192.0.2.7', ...more });
  world.freeswitch.park(leg(n), header(who));
  await heard(n, 'welcome-enter-code');
}

/** The words that a caller was told, one line for what was said in one breath. */
function spoken(n: number): string[] {
  return world
    .heardLike(new RegExp(`^${leg(n)} playback `))
    .map((line) => [...line.matchAll(/([\w-]+)\.wav/g)].map(([, clip]) => clip).join(' '));
}

function heard(n: number, words: string, times = 1): Promise<unknown> {
  return eventually(`"${words}" is said, not only ${spoken(n).join(', ')}`, () => {
    return spoken(n).filter((line) => line === words).length >= times;
  });
}

describe('a caller at the reception', () => {
  test('hears what to do, and is taken to the meeting of the code', async () => {
    await call(1);
    world.freeswitch.press(leg(1), CODE);
    expect(await world.row(1)).toMatchObject({ name: 'Ada', via: 'phone', number: '1001' });
    expect(world.admissions.asked).toEqual([`${CODE} from 192.0.2.7`]);
    expect(spoken(1)).toEqual(['welcome-enter-code', 'joining alone']);
  });

  test('is answered before anything is said, and no key ends a sound by itself', async () => {
    await call(1);
    expect(world.heardLike(new RegExp(`^${leg(1)}`))[0]).toBe(`${leg(1)} answer`);
    expect(world.freeswitch.heard).toContain(`uuid_setvar ${leg(1)} playback_terminators none`);
  });

  test('may type while the words go on, which end then', async () => {
    world.freeswitch.wordsLast = true;
    await call(1);
    world.freeswitch.press(leg(1), '1');
    await world.heard(`uuid_break ${leg(1)} all`);
    world.freeswitch.press(leg(1), CODE.slice(1));
    await heard(1, 'joining alone');
    expect(world.heardLike(/uuid_break/)).toHaveLength(1);
    world.freeswitch.complete(leg(1));
    await world.row(1);
  });

  test('is the person whose code it was, with that person’s role', async () => {
    const person = { id: 'p-2', name: 'Grace' };
    world.admissions.codes.set('5', { ...found, role: 'moderator', person });
    await call(1, { unnamed: true });
    world.freeswitch.press(leg(1), '5#');
    const row = await world.row(1);
    expect(row).toMatchObject({ name: 'Grace', personId: 'p-2', role: 'moderator' });
    expect(row).not.toHaveProperty('unnamed');
  });

  test('is hung up after three wrong codes and a goodbye', async () => {
    await call(1);
    for (const digits of ['1#', '22#']) {
      world.freeswitch.press(leg(1), digits);
      await heard(1, 'wrong-code enter-code-again', digits.length - 1);
    }
    world.freeswitch.press(leg(1), '8675309#');
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(spoken(1)).toEqual([
      'welcome-enter-code',
      'wrong-code enter-code-again',
      'wrong-code enter-code-again',
      'wrong-code goodbye',
    ]);
    expect(world.logged.join()).not.toContain('8675309');
  });

  test('hears that the meeting is full, and is not let in', async () => {
    world.admissions.admission = () => ({ kind: 'refuse', why: 'full' });
    await call(1);
    world.freeswitch.press(leg(1), CODE);
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(spoken(1).at(-1)).toBe('meeting-full goodbye');
    expect(world.bridge.rooms().size).toBe(0);
  });

  test('is spoken to in the language of the number, then in that of the meeting', async () => {
    world.admissions.roomRules = { ...world.admissions.roomRules, language: 'en' };
    await call(1, { language: 'de' });
    world.freeswitch.press(leg(1), CODE);
    await world.row(1);
    const files = world.heardLike(/playback/).join();
    expect(files).toContain('/prompts/de/welcome-enter-code.wav');
    expect(files).toContain('/prompts/en/joining.wav');
  });

  test('who hangs up while the code is looked up leaves nothing behind', async () => {
    await call(1);
    let open = (): void => undefined;
    world.admissions.gate = new Promise((resolve) => {
      open = resolve;
    });
    world.freeswitch.press(leg(1), CODE);
    await eventually('looked up', () => world.admissions.asked.length === 1);
    world.freeswitch.hangUp(leg(1));
    await eventually('gone', () => world.bridge.dump().nodes[0]?.callers === 0);
    open();
    await world.bridge.auditNow();
    expect(world.heardLike(/conference m|joining/)).toEqual([]);
    expect(world.bridge.dump().nodes[0]).toMatchObject({ callers: 0, comingIn: 0 });
  });

  test('whose identity is not signed by us is rejected, and so is a call we did not make', async () => {
    world.freeswitch.park(leg(1), 'v1.e30.AAAA');
    await world.heard(`uuid_kill ${leg(1)} CALL_REJECTED`);
    const to = { kind: 'account', username: 'ada' } as const;
    const destination = {
      kind: 'outbound',
      room: ROOM,
      role: 'moderator',
      to,
      untilMs: 9,
    } as const;
    world.freeswitch.park(leg(2), header(identity('Ada', { destination })));
    await world.heard(`uuid_kill ${leg(2)} CALL_REJECTED`);
    expect(spoken(2)).toEqual([]);
  });
});

describe('a caller at the reception while things break', () => {
  test('is asked again by a bridge that starts anew in the middle of the code', async () => {
    world.freeswitch.wordsLast = true;
    await call(1);
    world.freeswitch.press(leg(1), '123');
    await world.heard(`uuid_break ${leg(1)} all`);
    await world.bridge.stop();
    world.freeswitch.wordsLast = false;
    await world.startBridge({});
    await heard(1, 'welcome-enter-code', 2);
    world.freeswitch.press(leg(1), CODE);
    await world.row(1);
  });

  test('who is told in the middle of a restart that the call ends hears goodbye', async () => {
    world.admissions.admission = () => ({ kind: 'refuse', why: 'banned' });
    world.freeswitch.wordsLast = true;
    await call(1);
    world.freeswitch.press(leg(1), CODE);
    await heard(1, 'banned goodbye');
    await world.bridge.stop();
    world.freeswitch.wordsLast = false;
    await world.startBridge({});
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(spoken(1).at(-1)).toBe('goodbye');
    expect(world.heardLike(/conference m/)).toEqual([]);
  });

  test('is asked again when the link to FreeSWITCH was lost for a moment', async () => {
    world.freeswitch.wordsLast = true;
    await call(1);
    world.freeswitch.wire.cut();
    await heard(1, 'enter-code-again');
  });

  test('is told again where FreeSWITCH did not answer', async () => {
    await call(1);
    world.freeswitch.wire.mute = true;
    world.freeswitch.press(leg(1), '1#');
    const sent = (words: string) =>
      world.freeswitch.wire.commands.some((one) => one.includes(words));
    await eventually('it is told', () => sent('wrong-code'));
    await eventually('the deadline passes', () => sent('uuid_break'));
    world.freeswitch.wire.mute = false;
    await heard(1, 'enter-code-again');
  });
});
