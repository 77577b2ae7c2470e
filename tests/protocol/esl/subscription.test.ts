import { describe, expect, test } from 'vitest';
import type { Subscription } from '../../../protocol/esl/subscription.ts';
import {
  NO_SUBSCRIPTION,
  addEvents,
  changeFilter,
  removeAllEvents,
  removeEvents,
  wants,
} from '../../../protocol/esl/subscription.ts';

function subscribed(line: string, from: Subscription = NO_SUBSCRIPTION): Subscription {
  return addEvents(from, line.split(' ')).subscription;
}

function event(name: string, subclass?: string, more: Record<string, string> = {}) {
  const own = subclass === undefined ? {} : { 'Event-Subclass': subclass };
  const all = { 'Event-Name': name, ...own, ...more };
  return { headers: Object.entries(all).map(([key, value]) => ({ name: key, value })) };
}

const MAINTENANCE = event('CUSTOM', 'conference::maintenance');

describe('event', () => {
  test('names classes, then subclasses after CUSTOM', () => {
    const subscription = subscribed('json CHANNEL_PARK CUSTOM conference::maintenance');
    expect(subscription.format).toBe('json');
    expect(wants(subscription, event('CHANNEL_PARK'))).toBe(true);
    expect(wants(subscription, event('CHANNEL_ANSWER'))).toBe(false);
    expect(wants(subscription, MAINTENANCE)).toBe(true);
    expect(wants(subscription, event('CUSTOM', 'conference::cdr'))).toBe(false);
  });

  test('takes every word after CUSTOM for a subclass, as modesl then finds', () => {
    const subscription = subscribed('json CUSTOM conference::maintenance BACKGROUND_JOB');
    expect(wants(subscription, event('BACKGROUND_JOB'))).toBe(false);
  });

  test('adds to what was asked before', () => {
    const both = subscribed('plain DTMF', subscribed('plain HEARTBEAT'));
    expect(wants(both, event('DTMF')) && wants(both, event('HEARTBEAT'))).toBe(true);
  });

  test('all means every class and every subclass', () => {
    const subscription = subscribed('plain ALL');
    expect(wants(subscription, MAINTENANCE) && wants(subscription, event('DTMF'))).toBe(true);
  });

  test('class names are matched without regard to case', () => {
    expect(wants(subscribed('plain channel_park'), event('CHANNEL_PARK'))).toBe(true);
  });

  test('no known name is an error', () => {
    expect(addEvents(NO_SUBSCRIPTION, ['json']).reply).toBe('-ERR no keywords supplied');
    expect(addEvents(NO_SUBSCRIPTION, ['plain', 'bogus']).reply).toBe('-ERR no keywords supplied');
  });
});

describe('nixevent and noevents', () => {
  test('a class is taken away, of all too', () => {
    const { subscription } = removeEvents(subscribed('plain ALL'), ['DTMF']);
    expect(wants(subscription, event('DTMF'))).toBe(false);
    expect(wants(subscription, event('HEARTBEAT'))).toBe(true);
  });

  test('a subclass is taken away alone', () => {
    const before = subscribed('plain DTMF CUSTOM a b');
    const { subscription } = removeEvents(before, ['CUSTOM', 'a']);
    expect(wants(subscription, event('CUSTOM', 'a'))).toBe(false);
    expect(wants(subscription, event('CUSTOM', 'b'))).toBe(true);
  });

  test('noevents ends it all, once', () => {
    const ended = removeAllEvents(subscribed('plain ALL'));
    expect(ended.reply).toBe('+OK no longer listening for events');
    expect(wants(ended.subscription, event('DTMF'))).toBe(false);
    expect(removeAllEvents(ended.subscription).reply).toBe('-ERR not listening for events');
  });
});

describe('filter', () => {
  const ALL = subscribed('plain ALL');
  const filtered = (text: string) => changeFilter(ALL, text).subscription;

  test('only what matches one filter comes through', () => {
    const subscription = filtered('Unique-ID x');
    expect(wants(subscription, event('DTMF', undefined, { 'Unique-ID': 'x' }))).toBe(true);
    expect(wants(subscription, event('DTMF', undefined, { 'Unique-ID': 'y' }))).toBe(false);
    expect(wants(subscription, event('HEARTBEAT'))).toBe(false);
  });

  test('a pattern between slashes is an expression', () => {
    const subscription = filtered('Event-Name /^CHANNEL_/');
    expect(wants(subscription, event('CHANNEL_PARK'))).toBe(true);
    expect(wants(subscription, event('DTMF'))).toBe(false);
    expect(wants(filtered('Event-Name /(/'), event('DTMF'))).toBe(false);
  });

  test('a minus turns what matches away', () => {
    const positive = filtered('Event-Name /^CHANNEL_/');
    const subscription = changeFilter(positive, 'Unique-ID - x').subscription;
    const own = { 'Unique-ID': 'x' };
    expect(wants(subscription, event('CHANNEL_PARK', undefined, own))).toBe(false);
    expect(wants(subscription, event('CHANNEL_PARK'))).toBe(true);
  });

  test('is answered as FreeSWITCH answers', () => {
    expect(changeFilter(ALL, 'Unique-ID x').reply).toBe('+OK filter added. [Unique-ID]=[x]');
    expect(changeFilter(ALL, 'delete Unique-ID x').reply).toBe(
      '+OK filter deleted. [Unique-ID][x]',
    );
    expect(changeFilter(ALL, 'nothing').reply).toBe('-ERR invalid syntax');
  });

  test('deleted filters let everything through again', () => {
    const { subscription } = changeFilter(filtered('Unique-ID x'), 'delete all');
    expect(wants(subscription, event('HEARTBEAT'))).toBe(true);
  });
});
