import { describe, expect, test } from 'vitest';
import { keptAt, leastLoaded } from '../../../meetings/rules/placement.ts';
import type { NodeState } from '../../../meetings/rules/placement.ts';

function node(name: string, more: Partial<NodeState> = {}): NodeState {
  return { node: name, health: 'up', draining: false, people: 0, rooms: 0, ...more };
}

describe('a new room', () => {
  const CASES = [
    {
      what: 'goes where fewer people are',
      nodes: [node('a', { people: 9 }), node('b', { people: 3 })],
      to: 'b',
    },
    {
      what: 'counts rooms that nobody is in yet',
      nodes: [node('a', { rooms: 1 }), node('b')],
      to: 'b',
    },
    {
      what: 'goes past a node whose processors are busy',
      nodes: [node('a', { people: 4, idleCpu: 10 }), node('b', { people: 9, idleCpu: 90 })],
      to: 'b',
    },
    {
      what: 'goes to no node that drains, answers half or is dead',
      nodes: [
        node('a', { draining: true }),
        node('b', { health: 'doubted' }),
        node('c', { health: 'dead' }),
        node('d', { people: 500 }),
      ],
      to: 'd',
    },
    { what: 'goes by name among equals', nodes: [node('b'), node('a')], to: 'a' },
    {
      what: 'goes nowhere where nothing is up',
      nodes: [node('a', { health: 'dead' })],
      to: undefined,
    },
  ];
  for (const { what, nodes, to } of CASES)
    test(what, () => {
      expect(leastLoaded(nodes)).toBe(to);
    });
});

describe('a room that has a node', () => {
  test('stays there though the node drains, or one of its two ends is silent', () => {
    const nodes = [node('a', { draining: true, people: 90 }), node('b')];
    expect(keptAt({ placed: 'a' }, nodes)).toEqual({ kind: 'stays', node: 'a' });
    const doubted = [node('a', { health: 'doubted' }), node('b')];
    expect(keptAt({ placed: 'a' }, doubted)).toEqual({ kind: 'stays', node: 'a' });
  });

  test('goes where its people are when nothing else is known, else to the least loaded', () => {
    const nodes = [node('a', { health: 'dead' }), node('b', { people: 5 }), node('c')];
    expect(keptAt({ placed: 'a', inhabited: 'b' }, nodes)).toEqual({ kind: 'goes', to: 'b' });
    expect(keptAt({ placed: 'a', inhabited: 'a' }, nodes)).toEqual({ kind: 'goes', to: 'c' });
    expect(keptAt({}, [node('a', { health: 'dead' })])).toEqual({ kind: 'nowhere' });
  });
});
