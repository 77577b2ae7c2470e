import type { Page } from 'playwright-core';

/** What can be acted on, as a screen reader names it. */
export interface Control {
  /** Which control of the page: the same number is the same element while the page lives. */
  readonly id: number;
  readonly role: string;
  readonly name: string;
  /** Of a row at which Tab stops once, and in which the arrow keys go on: the same number is the same row. */
  readonly row?: number | undefined;
}

/** Where the focus is, and what is wrong with how it is seen there. */
export interface Stop extends Control {
  readonly fault?: string | undefined;
}

export interface Seen {
  /** Everything that is enabled and shown, scrolled to or not; only the window's in front, where there is one. */
  readonly controls: readonly Control[];
  /** Those of them of which Tab comes to one of a group: the choices of a menu, of tabs, of radio buttons, of a row. */
  readonly byArrows: readonly number[];
  /** Whether a window is in front. */
  readonly inWindow: boolean;
}

interface Naming {
  told(element: Element): Control;
}

interface Watch {
  see(): Seen;
  focused(): Stop | undefined;
  standing(): string;
  front(): string | undefined;
}

declare global {
  interface Window {
    keyboardNaming?: Naming;
    keyboardWatch?: Watch;
  }
}

async function ask<K extends keyof Watch>(page: Page, what: K): Promise<ReturnType<Watch[K]>> {
  const read = () =>
    page.evaluate((key) => window.keyboardWatch && [window.keyboardWatch[key]()], what);
  let answer = await read();
  if (!answer) {
    await page.evaluate(NAMING);
    await page.evaluate(WATCH);
    answer = await read();
  }
  return answer?.[0] as ReturnType<Watch[K]>;
}

/** Everything that can be acted on now. */
export function controlsOf(page: Page): Promise<Seen> {
  return ask(page, 'see');
}

/** What has the focus; nothing where it is lost to the page. */
export function focusedOn(page: Page): Promise<Stop | undefined> {
  return ask(page, 'focused');
}

/** What the control with the focus says and is set to: another string once anything of it changed. */
export function standingOf(page: Page): Promise<string> {
  return ask(page, 'standing');
}

/** What the window in front is called, where there is one and the focus is in it. */
export function frontWindow(page: Page): Promise<string | undefined> {
  return ask(page, 'front');
}

/** Runs in the page: what a control is called, by what names one in these pages. */
function NAMING(): void {
  const known = new Map<Element, number>();
  const numberOf = (element: Element): number => {
    const number = known.get(element) ?? known.size;
    known.set(element, number);
    return number;
  };
  const UNREAD = '[aria-hidden=true],style,input,select,textarea';
  const textOf = (element: Element | null): string => {
    if (!element) return '';
    const read = element.querySelector(UNREAD) ? (element.cloneNode(true) as Element) : element;
    if (read !== element) for (const each of read.querySelectorAll(UNREAD)) each.remove();
    return read.textContent.replaceAll(/\s+/g, ' ').trim();
  };
  const nameOf = (element: Element): string => {
    const by = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels = () => [
      ...((Reflect.get(element, 'labels') as NodeListOf<Element> | null) ?? []),
    ];
    return (
      by.map((id) => textOf(document.getElementById(id))).join(' ') ||
      element.getAttribute('aria-label') ||
      labels().map(textOf).join(' ') ||
      textOf(element) ||
      element.getAttribute('title') ||
      ''
    );
  };
  const ROLES: Readonly<Record<string, string>> = {
    A: 'link',
    BUTTON: 'button',
    SELECT: 'combobox',
    TEXTAREA: 'textbox',
    INPUT: 'textbox',
    checkbox: 'checkbox',
    radio: 'radio',
    range: 'slider',
  };
  const roleOf = (element: Element): string =>
    element.getAttribute('role') ??
    (element instanceof HTMLInputElement ? ROLES[element.type] : undefined) ??
    ROLES[element.tagName] ??
    element.tagName.toLowerCase();
  window.keyboardNaming = {
    told(element) {
      // A form in a row has stops of its own, and a menu keys of its own.
      const isOwn = element.closest('form, [role=menu]') !== null;
      const row = isOwn ? undefined : (element.closest('[data-row-stops] > li') ?? undefined);
      return {
        id: numberOf(element),
        role: roleOf(element),
        name: nameOf(element),
        row: row && numberOf(row),
      };
    },
  };
}

/** Runs in the page: what there is to act on, and where the focus is. */
function WATCH(): void {
  const ACTS =
    'a[href],button,input,select,textarea,summary,[tabindex]:not([tabindex="-1"]),' +
    '[role=menuitem],[role=menuitemcheckbox],[role=tab]';
  const IN_ROW = '[data-row-stops] > li [tabindex="-1"]';
  const GROUPED = `[role=menuitem],[role=menuitemcheckbox],[role=tab],input[type=radio],${IN_ROW}`;
  const told = (element: Element): Control =>
    window.keyboardNaming?.told(element) ?? { id: -1, role: '', name: '' };
  const isOpen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches(`:disabled,[inert] *,[tabindex="-1"]:not([role],${IN_ROW})`);
  const inFront = () => [...document.querySelectorAll('dialog:modal')].at(-1);
  const isOutlined = (element: Element | null): boolean => {
    if (!element || element === document.body) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isDrawn = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
    return isDrawn || isOutlined(element.parentElement);
  };
  const isHit = (element: Element, x: number, y: number): boolean => {
    const hit = document.elementFromPoint(x, y);
    const labels = [...((Reflect.get(element, 'labels') as NodeListOf<Element> | null) ?? [])];
    return hit !== null && [element, ...labels].some((each) => each.contains(hit));
  };
  const faultOf = (element: Element): Stop['fault'] => {
    if (!isOutlined(element)) return 'no outline';
    const box = element.getBoundingClientRect();
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    if (left >= right || top >= bottom) return 'outside the window';
    const isSeen =
      isHit(element, (left + right) / 2, (top + bottom) / 2) ||
      isHit(element, left + 2, top + 2) ||
      isHit(element, right - 2, bottom - 2);
    const cover = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return isSeen ? undefined : `covered by ${cover?.className || cover?.tagName}`;
  };
  const watch: Watch = {
    see() {
      const all = [...(inFront() ?? document.body).querySelectorAll(ACTS)].filter(isOpen);
      const grouped = all.filter((element) => element.matches(GROUPED));
      return {
        controls: all.map(told),
        byArrows: grouped.map((element) => told(element).id),
        inWindow: inFront() !== undefined,
      };
    },
    focused() {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      return { ...told(element), fault: faultOf(element) };
    },
    standing() {
      const element = document.activeElement ?? document.body;
      const set = ['value', 'checked'].map((key) => String(Reflect.get(element, key)));
      const said = ['pressed', 'expanded', 'selected', 'checked', 'disabled', 'busy'];
      const marks = said.map((key) => element.getAttribute(`aria-${key}`));
      return [told(element).name, ...set, ...marks, element.parentElement?.matches('[open]')].join(
        '|',
      );
    },
    front() {
      const dialog = inFront();
      return dialog?.contains(document.activeElement) === true ? told(dialog).name : undefined;
    },
  };
  window.keyboardWatch = watch;
}
