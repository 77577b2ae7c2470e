import type { EslEvent } from './event.ts';
import { EVENT_NAMES, toEventName } from './event-names.ts';
import type { EslHeader } from './headers.ts';
import { headerOf } from './headers.ts';

export type EventFormat = 'plain' | 'json';

/** Which events one controller wants, and how they are written. */
export interface Subscription {
  readonly listening: boolean;
  readonly format: EventFormat;
  /** Every class and every CUSTOM subclass. */
  readonly all: boolean;
  readonly names: ReadonlySet<string>;
  readonly subclasses: ReadonlySet<string>;
  readonly filters: readonly EslHeader[];
}

export const NO_SUBSCRIPTION: Subscription = {
  listening: false,
  format: 'plain',
  all: false,
  names: new Set(),
  subclasses: new Set(),
  filters: [],
};

export type Reply = { readonly subscription: Subscription; readonly reply: string };

/** `event [plain|json] NAME … [CUSTOM subclass …]`: every word after CUSTOM is a subclass. */
export function addEvents(subscription: Subscription, words: readonly string[]): Reply {
  const first = words[0]?.toLowerCase();
  if (first === 'xml') return { subscription, reply: '-ERR xml events are not offered' };
  const format = first === 'plain' || first === 'json' ? first : subscription.format;
  const listed = list(first === format ? words.slice(1) : words);
  if (listed.count === 0) {
    return { subscription: { ...subscription, format }, reply: '-ERR no keywords supplied' };
  }
  return {
    subscription: {
      ...subscription,
      format,
      listening: true,
      all: subscription.all || listed.all,
      names: new Set([...subscription.names, ...listed.names]),
      subclasses: new Set([...subscription.subclasses, ...listed.subclasses]),
    },
    reply: `+OK event listener enabled ${format}`,
  };
}

/** `nixevent NAME …`, or `nixevent CUSTOM subclass …` for those subclasses alone. */
export function removeEvents(subscription: Subscription, words: readonly string[]): Reply {
  const listed = list(words);
  if (listed.count === 0) return { subscription, reply: '-ERR no keywords supplied' };
  const before = subscription.all ? EVENT_NAMES : subscription.names;
  const nixed = [...listed.names].filter((name) => name !== 'CUSTOM');
  const all = subscription.all && nixed.length === 0 && !listed.all;
  return {
    subscription: {
      ...subscription,
      listening: true,
      all,
      names: listed.all ? new Set() : without(before, nixed),
      subclasses: without(subscription.subclasses, listed.subclasses),
    },
    reply: '+OK events nixed',
  };
}

/** `noevents`. Filters stay, as they do in FreeSWITCH. */
export function removeAllEvents(subscription: Subscription): Reply {
  if (!subscription.listening) return { subscription, reply: '-ERR not listening for events' };
  const { format, filters } = subscription;
  return {
    subscription: { ...NO_SUBSCRIPTION, format, filters },
    reply: '+OK no longer listening for events',
  };
}

/** `filter [add] NAME VALUE`, `filter delete NAME [VALUE]`, `filter delete all`. */
export function changeFilter(subscription: Subscription, text: string): Reply {
  const [first = '', rest] = firstWord(text);
  if (rest === undefined) return { subscription, reply: '-ERR invalid syntax' };
  if (first.toLowerCase() === 'delete') return deleteFilter(subscription, rest);
  const [name = '', value] = first.toLowerCase() === 'add' ? firstWord(rest) : [first, rest];
  const filters = [...subscription.filters, { name, value: value ?? '' }];
  return {
    subscription: { ...subscription, filters },
    reply: `+OK filter added. [${name}]=[${value ?? ''}]`,
  };
}

/** Does this controller want this event? With filters, one must match and no negative one may. */
export function wants(subscription: Subscription, event: EslEvent): boolean {
  if (!subscription.listening || !subscribed(subscription, event)) return false;
  if (subscription.filters.length === 0) return true;
  let send = false;
  for (const filter of subscription.filters) {
    const value = headerOf(event.headers, filter.name);
    if (value === undefined) continue;
    const { positive, pattern } = readPattern(filter.value);
    if ((send && positive) || !matches(value, pattern)) continue;
    if (!positive) return false;
    send = true;
  }
  return send;
}

function subscribed(subscription: Subscription, event: EslEvent): boolean {
  if (subscription.all) return true;
  const name = headerOf(event.headers, 'Event-Name') ?? '';
  if (!subscription.names.has(name)) return false;
  const subclass = headerOf(event.headers, 'Event-Subclass');
  return name !== 'CUSTOM' || subclass === undefined || subscription.subclasses.has(subclass);
}

function list(words: readonly string[]): {
  count: number;
  all: boolean;
  names: Set<string>;
  subclasses: Set<string>;
} {
  const names = new Set<string>();
  const subclasses = new Set<string>();
  for (const word of words) {
    if (names.has('CUSTOM')) {
      subclasses.add(word);
      continue;
    }
    const name = toEventName(word);
    if (name !== undefined) names.add(name);
  }
  const all = names.delete('ALL');
  return { count: names.size + (all ? 1 : 0), all, names, subclasses };
}

function deleteFilter(subscription: Subscription, text: string): Reply {
  const [name = '', value] = firstWord(text);
  const filters = subscription.filters.filter((filter) => {
    if (name.toLowerCase() === 'all') return false;
    const sameName = filter.name.toLowerCase() === name.toLowerCase();
    return !sameName || (value !== undefined && filter.value !== value);
  });
  return {
    subscription: { ...subscription, filters },
    reply: `+OK filter deleted. [${name}][${value ?? ''}]`,
  };
}

function readPattern(text: string): { positive: boolean; pattern: string } {
  const signs = /^[+\- ]*/.exec(text)?.[0] ?? '';
  const lastSign = signs.replaceAll(' ', '').at(-1);
  return { positive: lastSign !== '-', pattern: text.slice(signs.length) };
}

function matches(value: string, pattern: string): boolean {
  const expression = /^\/(.*)\/$/s.exec(pattern)?.[1];
  if (expression === undefined) return value.toLowerCase() === pattern.toLowerCase();
  try {
    return new RegExp(expression).test(value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function firstWord(text: string): [string?, string?] {
  const trimmed = text.replace(/^ +/, '');
  const space = trimmed.indexOf(' ');
  return space < 0 ? [trimmed] : [trimmed.slice(0, space), trimmed.slice(space + 1)];
}

function without(set: ReadonlySet<string>, gone: Iterable<string>): Set<string> {
  const rest = new Set(set);
  for (const each of gone) rest.delete(each);
  return rest;
}
