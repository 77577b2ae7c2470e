import type { Page } from 'playwright-core';
import type { Control } from '../support/stops.ts';
import type { PageServer } from '../support/page-server.ts';

/** Which page, and which part of it: what an address shows. `console` stands on every part of the console. */
export type Place = 'door and call' | 'telephone' | 'console' | `console ${string}`;

/** What is there after a deed, beside the focus, which is never lost. */
export type Sight =
  /** A window with this title is in front, and the focus in it. Escape has closed it once before, and gone back. */
  | { readonly dialog: string }
  /** Another window has taken the place of the one that the control was in. */
  | { readonly next: string }
  /** Words stand on the page. */
  | { readonly text: string }
  /** The server heard `METHOD /path`. */
  | { readonly asks: string }
  /** Something else has the focus. */
  | { readonly focus: string }
  /** It is not there any more. */
  | { readonly gone: string };

/** One action, done with keys alone. */
export interface Deed {
  /**
   * The control: its role and its name as a screen reader says them, `*` for any words. Tab goes there, or the arrow
   * keys where it is one of a group; then its key is pressed.
   */
  readonly at: string;
  /** The same control elsewhere, where it is called otherwise. */
  readonly also?: readonly string[];
  /** Typed there instead of pressing its key. */
  readonly types?: string;
  /** Pressed there instead of its own key. */
  readonly keys?: readonly string[];
  /** Nothing said: its value is another one, or its state. */
  readonly sees?: Sight;
}

/** Plays what somebody finds. */
export type Start = (page: Page, server: PageServer) => Promise<void>;

/** Deeds one after the other, on a page as somebody finds it. */
export interface Journey {
  readonly name: string;
  readonly place: Place;
  readonly start: Start;
  readonly deeds: readonly Deed[];
}

/** Whether a deed's `at` means this control. */
export function means(at: string, { role, name }: Pick<Control, 'role' | 'name'>): boolean {
  return like(at).test(`${role} ${name}`);
}

/** Words with `*` for any words. */
export function like(words: string): RegExp {
  const parts = words.split('*').map((part) => part.replaceAll(/[.?+^$()[\]{}|\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}

/** The place that an address shows. */
export function placeOf(url: string): Place {
  const { pathname, hash } = new URL(url);
  if (pathname.startsWith('/join/')) return 'door and call';
  if (pathname === '/phone') return 'telephone';
  const [, kind = '', id, part] = hash.split('/');
  if (kind === '' || kind === 'meetings')
    return id === undefined
      ? 'console meetings'
      : part === 'card'
        ? 'console card'
        : 'console room';
  if (kind === 'history' && id !== undefined) return 'console session';
  return `console ${kind}`;
}
