import { describe, expect, test } from 'vitest';
import { assign } from '../../cluster/core/assign.ts';
import { held, leftAlone, mayCommand, TTL_MS } from '../../cluster/core/hold.ts';
import { hear } from '../../cluster/core/line.ts';
import { parseMessage } from '../../cluster/core/message.ts';

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix}-${n + 1}`);

describe('nodes over processes', () => {
  const shapes = [1, 2, 3, 5, 8].flatMap((nodes) => [1, 2, 3].map((of) => ({ nodes, of })));
  test.each(shapes)('$nodes nodes are spread evenly over $of', ({ nodes, of }) => {
    const homes = assign(names('fs', nodes), names('p', of));
    expect(homes.size).toBe(nodes);
    const loads = names('p', of).map(
      (each) => [...homes.values()].filter((p) => p === each).length,
    );
    expect(Math.max(...loads)).toBeLessThanOrEqual(Math.ceil(nodes / of));
  });

  test('everybody comes to the same, in whatever order they know of each other', () => {
    const [nodes, processes] = [names('fs', 5), names('p', 3)];
    const turned = assign([...nodes].reverse(), [...processes].reverse());
    expect(new Map([...turned].sort())).toEqual(new Map([...assign(nodes, processes)].sort()));
  });

  test('nobody drives where nobody lives', () => {
    expect(assign(names('fs', 2), []).size).toBe(0);
  });

  test('of two processes that both stay, few nodes move when a third comes', () => {
    const nodes = names('fs', 12);
    const before = assign(nodes, names('p', 2));
    const after = assign(nodes, names('p', 3));
    const moved = nodes.filter((n) => after.get(n) !== before.get(n) && after.get(n) !== 'p-3');
    expect(moved.length).toBeLessThanOrEqual(2);
  });
});

describe('the right to command', () => {
  const lease = { name: 'node:a', holder: 'me', token: 7, expiresAtMs: 0 };
  test('ends before anybody else can have it, counted from before the asking', () => {
    const hold = held(lease, 1_000);
    expect(mayCommand(hold, 1_000)).toBe(true);
    expect(mayCommand(hold, 1_000 + TTL_MS - 301)).toBe(true);
    expect(mayCommand(hold, 1_000 + TTL_MS - 300)).toBe(false);
  });

  test('goes on while the store itself does not answer, and ends as usual once it has', () => {
    const hold = leftAlone(held(lease, 1_000));
    expect(mayCommand(hold, 100_000)).toBe(true);
    expect(mayCommand(held(lease, 100_000), 100_000 + TTL_MS)).toBe(false);
  });
});

describe('hearing a process out', () => {
  test('in order all counts, and what comes twice does not', () => {
    expect(hear(4, { kind: 'next', seq: 5 })).toEqual({ line: 5, take: true, ask: false });
    expect(hear(5, { kind: 'next', seq: 5 })).toEqual({ line: 5, take: false, ask: false });
  });

  test('after a gap nothing counts until a snapshot, which is asked for until it comes', () => {
    const gap = hear(4, { kind: 'next', seq: 6 });
    expect(gap).toEqual({ line: undefined, take: false, ask: true });
    const more = hear(gap.line, { kind: 'next', seq: 7 });
    expect(more).toEqual({ line: undefined, take: false, ask: false });
    expect(hear(more.line, { kind: 'beat', seq: 7 })).toMatchObject({ take: false, ask: true });
    expect(hear(more.line, { kind: 'snapshot', seq: 7 })).toMatchObject({ line: 7, take: true });
  });

  test('a gap at the end is found by the next beat', () => {
    expect(hear(4, { kind: 'beat', seq: 4 })).toEqual({ line: 4, take: true, ask: false });
    expect(hear(4, { kind: 'beat', seq: 5 })).toEqual({ line: undefined, take: false, ask: true });
  });

  test('a process that was never heard is asked at its first beat', () => {
    expect(hear(undefined, { kind: 'beat', seq: 0 })).toMatchObject({ ask: true });
  });
});

describe('what another process said', () => {
  const room = 'm-abcdefghijklmnop';
  const fact = {
    kind: 'fact',
    from: 'p',
    seq: 1,
    node: '127.0.0.1:8021',
    token: 2,
    event: { kind: 'room-opened', room, openedAtMs: 3 },
  };
  test('is read as it was written', () => {
    expect(parseMessage(JSON.stringify(fact))).toEqual(fact);
  });

  test.each([
    ['no JSON', '{'],
    ['a kind of a later version', JSON.stringify({ ...fact, kind: 'dance' })],
    ['a kind that every object has', JSON.stringify({ ...fact, kind: 'constructor' })],
    ['a fact of no room', JSON.stringify({ ...fact, event: { kind: 'room-closed', room: 'x' } })],
    ['a number that is none', JSON.stringify({ ...fact, seq: -1 })],
    [
      'a wish without a room',
      JSON.stringify({
        ...{ kind: 'question', from: 'p', id: '1' },
        question: { kind: 'execute', command: { kind: 'mute-all', room: 'all; hupall' } },
      }),
    ],
  ])('%s says nothing', (_what, text) => {
    expect(parseMessage(text)).toBeUndefined();
  });
});
