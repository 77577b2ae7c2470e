import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { PageServer } from '../support/page-server.ts';
import { controlsOf, focusedOn, frontWindow, standingOf } from '../support/stops.ts';
import type { Control, Seen, Stop } from '../support/stops.ts';
import { like, means } from './deed.ts';
import type { Deed, Journey, Sight } from './deed.ts';

/** Farther than this nobody goes. */
const FAR = 120;

/** How what is one of a group is come to, once the focus is in the group. */
const ARROWS: Readonly<Record<string, string>> = {
  menuitem: 'ArrowDown',
  menuitemcheckbox: 'ArrowDown',
  option: 'ArrowDown',
  tab: 'ArrowRight',
  radio: 'ArrowDown',
};

/** What does it. */
const OWN_KEYS: Readonly<Record<string, string>> = {
  checkbox: 'Space',
  combobox: 'ArrowDown',
  slider: 'ArrowRight',
};
/** The arrow that comes to it chooses it. */
const CHOSEN_BY_ARROW: ReadonlySet<string> = new Set(['tab', 'radio']);

/** Machines that test are busy ones. */
const SOON_MS = 15_000;
const AGAIN_MS = 20;

/** So many faults tell enough; what comes after them mostly follows from them. */
const FAULTS_AT_MOST = 3;

/** Does all of it by keys. What cannot be reached or seen, does not work or loses the focus, a line for each. */
export async function travel(
  page: Page,
  server: PageServer,
  { deeds }: Journey,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const deed of deeds) {
    if (faults.length === FAULTS_AT_MOST) break;
    try {
      await run(page, server, deed);
      await until('something has the focus', async () => (await focusedOn(page)) !== undefined);
    } catch (error) {
      const has = await focusedOn(page);
      const where = has ? `${has.role} ${has.name}` : 'nothing';
      faults.push(`${deed.at} (the focus is on: ${where}): ${String(error)}`);
    }
  }
  return faults;
}

async function run(page: Page, server: PageServer, deed: Deed): Promise<void> {
  const { at, sees } = deed;
  const stop = await reach(page, at);
  // The page may scroll it out from beneath a bar once it has the focus.
  if (stop.fault !== undefined)
    await until(`it is seen where it has the focus (${stop.fault})`, async () => {
      const now = await focusedOn(page);
      return now !== undefined && now.fault === undefined;
    });
  if (sees && 'asks' in sees) server.heard.length = 0;
  const before = await standingOf(page);
  await act(page, deed, stop);
  if (sees && 'dialog' in sees) await andBack(page, deed, stop, sees.dialog);
  else if (sees) await seen(page, server, sees);
  else if (!CHOSEN_BY_ARROW.has(stop.role))
    await until('it is set otherwise', async () => (await standingOf(page)) !== before);
}

/** Its key, once or as the deed says. */
async function act(page: Page, { types, keys }: Deed, { role }: Stop): Promise<void> {
  if (types !== undefined) await page.keyboard.type(types);
  const own = types !== undefined || CHOSEN_BY_ARROW.has(role) ? [] : [OWN_KEYS[role] ?? 'Enter'];
  for (const key of keys ?? own) await page.keyboard.press(key);
}

/** The window has the focus; Escape closes it and gives the focus back to what opened it, which opens it again. */
async function andBack(page: Page, deed: Deed, stop: Stop, dialog: string): Promise<void> {
  const isOpen = async () => like(dialog).test((await frontWindow(page)) ?? '');
  await until(`the focus is in the window “${dialog}”`, isOpen);
  await page.keyboard.press('Escape');
  await until(`Escape closes “${dialog}”`, async () => !(await isOpen()));
  const isMenu = stop.role.startsWith('menuitem');
  await until('Escape goes back to what opened it', async () => {
    const back = await focusedOn(page);
    return isMenu ? back?.role === 'button' : back?.id === stop.id;
  });
  if (isMenu) {
    await page.keyboard.press('Enter');
    await reach(page, deed.at);
  }
  await act(page, deed, stop);
  await until(`“${dialog}” opens again`, isOpen);
}

async function seen(page: Page, server: PageServer, sees: Sight): Promise<void> {
  if ('text' in sees) await page.getByText(sees.text).first().waitFor({ timeout: SOON_MS });
  if ('next' in sees)
    await until(`the window “${sees.next}” has the focus`, async () =>
      like(sees.next).test((await frontWindow(page)) ?? ''),
    );
  if ('asks' in sees)
    await until(`the server hears ${sees.asks}`, () =>
      server.heard.some(({ method, path }) => like(sees.asks).test(`${method} ${path}`)),
    );
  if ('focus' in sees)
    await until(`the focus is on ${sees.focus}`, async () => {
      const stop = await focusedOn(page);
      return stop !== undefined && means(sees.focus, stop);
    });
  if ('gone' in sees)
    await until(`${sees.gone} is gone`, async () => (await matches(page, sees.gone)).length === 0);
}

/** @throws where it does not come to be so */
async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const lastMs = performance.now() + SOON_MS;
  while (!(await isSo())) {
    if (performance.now() > lastMs) throw new Error(`not so: ${what}`);
    await pause(AGAIN_MS);
  }
}

async function matches(page: Page, at: string) {
  return (await controlsOf(page)).controls.filter((control) => means(at, control));
}

/** With the Tab key, or back with Shift, to what is meant; by arrow keys where it is one of a group or in a row. */
async function reach(page: Page, at: string): Promise<Stop> {
  const seen = await standing(page, at);
  const passed: string[] = [];
  let [stop, presses, first, isFar] = [await focusedOn(page), 0, '', false];
  while (!stop || !means(at, stop)) {
    if (presses > FAR) throw new Error(`no key leads there: ${passed.join(' | ')}`);
    const key = keyTo(at, seen.controls, stop);
    first ||= key;
    // Who has gone too far goes on one by one.
    isFar ||= key !== first;
    const times = isFar || !key.endsWith('Tab') ? 1 : stopsTo(at, seen, stop);
    for (let n = 0; n < times; n++) await page.keyboard.press(key);
    presses += times;
    stop = await focusedOn(page);
    passed.push(stop ? `${stop.role} ${stop.name}` : 'the page');
  }
  return stop;
}

/** What is there, once what is meant is among it. */
async function standing(page: Page, at: string): Promise<Seen> {
  let seen = await controlsOf(page);
  const isThere = () => seen.controls.some((control) => means(at, control));
  if (isThere()) return seen;
  await until('it is there', async () => {
    seen = await controlsOf(page);
    return isThere();
  });
  return seen;
}

/** What leads on to it from where the focus is. */
function keyTo(at: string, controls: readonly Control[], stop: Stop | undefined): string {
  const here = controls.findIndex(({ id }) => id === stop?.id);
  const there = controls.findIndex((control) => means(at, control));
  const row = controls[there]?.row;
  if (stop?.row !== undefined && stop.row === row) return there < here ? 'ArrowLeft' : 'ArrowRight';
  const arrow = arrowTo(at);
  if (arrow !== undefined && ARROWS[stop?.role ?? ''] === arrow) return arrow;
  // From beyond the end of the page Tab comes in again at its beginning.
  return there < here ? 'Shift+Tab' : 'Tab';
}

/** How often Tab stops on the way there, at the least; it does so once at a group, however many are in it. */
function stopsTo(at: string, { controls, byArrows }: Seen, stop: Stop | undefined): number {
  const here = controls.findIndex(({ id }) => id === stop?.id);
  const there = controls.findIndex((control) => means(at, control));
  if (here === -1 || byArrows.includes(controls[here]?.id ?? -1)) return 1;
  const between = controls.slice(Math.min(here, there) + 1, Math.max(here, there));
  return 1 + between.filter(({ id }) => !byArrows.includes(id)).length;
}

function arrowTo(at: string): string | undefined {
  return ARROWS[at.split(' ', 1)[0] ?? ''];
}
