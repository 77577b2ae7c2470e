import { expect, test } from 'vitest';
import { Routes } from '../../../switch/drachtio/routes.ts';

test('requests go in turn to all who asked for their method', () => {
  const routes = new Routes<string>();
  routes.add('a', 'invite');
  routes.add('b', 'invite');
  routes.add('b', 'invite');
  expect([1, 2, 3, 4].map(() => routes.pick('INVITE'))).toEqual(['a', 'b', 'a', 'b']);
});

test('who is gone, or no longer asks, gets nothing more', () => {
  const routes = new Routes<string>();
  routes.add('a', 'invite');
  routes.add('a', 'info');
  routes.add('b', 'invite');
  routes.remove('b', 'invite');
  expect([routes.pick('invite'), routes.pick('invite')]).toEqual(['a', 'a']);
  routes.drop('a');
  expect([routes.pick('invite'), routes.pick('info'), routes.pick('bye')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
