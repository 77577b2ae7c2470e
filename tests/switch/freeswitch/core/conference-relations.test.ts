import { expect, test } from 'vitest';
import { CoreBench } from '../../../support/switch-core.ts';

const ROOM = 'm-abcdefghijklmnop';

/** Alice (1), Bob (2) and Carol (3) in a room. */
function room(): CoreBench {
  const bench = new CoreBench();
  for (const name of ['alice', 'bob', 'carol']) join(bench, name);
  bench.media.length = 0;
  return bench;
}

function join(bench: CoreBench, name: string): void {
  bench.call(name, name, '1001');
  bench.execute(name, 'answer');
  bench.execute(name, 'conference', `${ROOM}@partyline`);
}

/** Whom each leg does not hear, by the last word to the worker. */
function unheard(bench: CoreBench): Record<string, readonly string[]> {
  const said: Record<string, readonly string[]> = {};
  for (const command of bench.media)
    if (command.kind === 'set-mix' || command.kind === 'join-room')
      said[command.leg] = command.mix.unheard ?? [];
  return said;
}

test('who is not to be heard is named to the mixer, and heard again once that is cleared', () => {
  const bench = room();
  expect(bench.api(`conference ${ROOM} relate 1 2,3 nohear`)).toBe(
    '+OK 1->2 nohear set\n+OK 1->3 nohear set\n',
  );
  expect(unheard(bench).alice).toEqual(['carol', 'bob']);
  bench.api(`conference ${ROOM} relate 1 2 clear`);
  expect(unheard(bench)).toEqual({ alice: ['carol'], bob: [], carol: [] });
});

test('who does not speak to somebody is not heard by that one alone', () => {
  const bench = room();
  bench.api(`conference ${ROOM} relate 1 2 nospeak`);
  expect(unheard(bench)).toEqual({ alice: [], bob: ['alice'] });
});

test('other changes of a member leave it', () => {
  const bench = room();
  bench.api(`conference ${ROOM} relate 1 2 nohear`);
  bench.api(`conference ${ROOM} mute 1 quiet`);
  expect(unheard(bench).alice).toEqual(['bob']);
});

test('who went and comes back on the same call is still not heard; who had the wish has it no more', () => {
  const bench = room();
  bench.api(`conference ${ROOM} relate 1 2 nohear`);
  bench.api(`conference ${ROOM} transfer m-elsewhere1234567@partyline 2`);
  expect(unheard(bench).bob).toEqual([]);
  bench.api(`conference m-elsewhere1234567 transfer ${ROOM}@partyline 2`);
  expect(unheard(bench).alice).toEqual(['bob']);
  bench.api(`conference ${ROOM} transfer m-elsewhere1234567@partyline 1`);
  bench.api(`conference m-elsewhere1234567 transfer ${ROOM}@partyline 1`);
  expect(unheard(bench).alice).toEqual([]);
});
