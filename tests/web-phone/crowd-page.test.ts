import { describe, expect, test } from 'vitest';
import type { Participant } from '../../protocol/room/room.ts';
import { from } from './keyboard/from-shot.ts';
import { crowdOf } from './support/crowd.ts';
import { openCrowd } from './support/crowd-shots.ts';
import { person, ROOM } from './support/people.ts';
import { account } from './support/scenes.ts';
import { heard, row, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const [, grace, alan, hedy, tim, mary] = crowdOf(6);
const at = ({ id }: Participant) => `/meetings/${ROOM}/participants/${id}`;

const button = (name: string) => stage.page.getByRole('button', { name, exact: true });
const focused = () =>
  stage.page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );

const press = (...keys: readonly string[]) =>
  keys.reduce(
    (before, key) => before.then(() => stage.page.keyboard.press(key)),
    Promise.resolve(),
  );

/** The server takes every wish about these. */
function takeAll(people: readonly Participant[]): void {
  for (const each of people)
    for (const method of ['PATCH', 'DELETE'])
      stage.server.replies.set(`${method} ${at(each)}`, [202, {}]);
}

async function patched(whom: Participant): Promise<unknown> {
  return heard(stage.server, 'PATCH', at(whom));
}

describe('many people in the console', { timeout: 60_000 }, () => {
  test('has those in sight in the page, tells each its place among all, and scrolls to the last', async () => {
    await openCrowd(stage.page, stage.server, 300);
    const rows = stage.page.getByRole('list', { name: 'People in the meeting' }).locator('li');
    expect(await rows.count()).toBeLessThan(60);
    expect(await rows.first().getAttribute('aria-setsize')).toBe('300');
    await stage.page.locator('.people').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect.poll(() => rows.last().getAttribute('aria-posinset'), WAIT).toBe('300');
  });

  test('keeps the row with the focus when it is scrolled away from', async () => {
    await openCrowd(stage.page, stage.server, 300);
    await button('Mute Alan Lovelace').focus();
    await stage.page.locator('.people').evaluate((list) => list.scrollTo(0, 12_000));
    await expect
      .poll(() => stage.page.locator('.people li').last().getAttribute('aria-posinset'), WAIT)
      .not.toBe('20');
    expect(await focused()).toBe('Mute Alan Lovelace');
    expect(await row(stage.page, 'Grace Lovelace').count()).toBe(0);
  });

  test('is found by / and a few letters, and by how they are; nobody fits, and all are back', async () => {
    await openCrowd(stage.page, stage.server, 30);
    await stage.page.keyboard.press('/');
    await stage.page.keyboard.type('zoe');
    await stage.page.getByText('3 of 30 people').waitFor(WAIT);
    expect(await stage.page.locator('.people li').count()).toBe(3);
    await button('Muted 10').click();
    await stage.page.getByText('1 of 30 people').waitFor(WAIT);
    await stage.page.getByLabel('Find by name or number').fill('nobody');
    await stage.page.getByRole('heading', { name: 'Nobody fits' }).waitFor();
    await button('Show everybody').click();
    await expect.poll(() => stage.page.locator('.people li').count(), WAIT).toBe(30);
  });

  test('by name, or who talked last; under a hand the list holds still', async () => {
    await openCrowd(stage.page, stage.server, 30);
    const first = () => stage.page.locator('.people li').first().locator('bdi').textContent();
    await stage.page.getByLabel('Sort by').selectOption('name');
    await expect.poll(first, WAIT).toBe('Ada Hopper');
    await stage.page.getByLabel('Sort by').selectOption('talked');
    stage.server.put(ROOM, { ...hedy!, talking: true });
    await expect.poll(first, WAIT).toBe('Hedy Lovelace');
    await stage.page.locator('.people li').nth(2).hover();
    stage.server.put(ROOM, { ...grace!, muted: false, talking: true });
    await row(stage.page, 'Grace Lovelace').getByText('talking').first().waitFor();
    expect(await first()).toBe('Hedy Lovelace');
    await stage.page.getByRole('heading', { name: 'Monday round' }).hover();
    await expect.poll(first, WAIT).toBe('Grace Lovelace');
  });
});

describe('many at once', { timeout: 60_000 }, () => {
  test('mutes a range that shift took, and says how many it could; undo opens those again', async () => {
    await openCrowd(stage.page, stage.server, 30);
    takeAll([alan!, hedy!]);
    const gone = { type: 'about:blank', title: 'Not found', status: 404, detail: 'nobody' };
    stage.server.replies.set(`PATCH ${at(mary!)}`, [404, gone]);
    await button('Select').click();
    await stage.page.getByLabel('Select Alan Lovelace').click();
    await stage.page.getByLabel('Select Mary Lovelace').click({ modifiers: ['Shift'] });
    const bar = stage.page.getByRole('toolbar');
    await bar.getByText('4 selected').waitFor();
    await bar.getByRole('button', { name: 'Mute', exact: true }).click();
    for (const each of [alan!, hedy!, mary!]) expect(await patched(each)).toEqual({ muted: true });
    // Tim is muted already: nothing is asked.
    expect(stage.server.heard.some(({ path }) => path === at(tim!))).toBe(false);
    for (const each of [alan!, hedy!])
      stage.server.put(ROOM, { ...each, talking: false, muted: true, mutedBy: 'moderator' });
    await stage.page.getByText('2 of 3 muted. 1 had left.').waitFor(WAIT);
    await button('Undo').click();
    await expect
      .poll(() => stage.server.heard.filter(({ path }) => path === at(alan!)).at(-1)?.body, WAIT)
      .toEqual({ muted: false });
  });

  test('lets in those of the lobby who were selected', async () => {
    await openCrowd(stage.page, stage.server, 3);
    const lobby = ['Mallory', 'Trudy', 'Victor'].map((name, n) =>
      person(80 + n, { name, state: 'lobby' }),
    );
    takeAll(lobby);
    for (const each of lobby) stage.server.put(ROOM, each);
    await stage.page.getByLabel('Select Mallory').click();
    await stage.page.getByLabel('Select Victor').click();
    await button('Admit 2').click();
    for (const each of [lobby[0]!, lobby[2]!])
      expect(await patched(each)).toEqual({ admitted: true });
    expect(stage.server.heard.some(({ path }) => path === at(lobby[1]!))).toBe(false);
    await button('Admit all').waitFor();
  });

  test('“mute all” undone opens those who were open before, and nobody else', async () => {
    await openCrowd(stage.page, stage.server, 4);
    takeAll([alan!, hedy!, grace!]);
    stage.server.replies.set(`POST /meetings/${ROOM}/mute-all`, [202, {}]);
    await button('Mute all').click();
    await stage.page.getByText('Everybody but the moderators is muted.').waitFor(WAIT);
    for (const each of [alan!, hedy!])
      stage.server.put(ROOM, { ...each, talking: false, muted: true, mutedBy: 'moderator' });
    await button('Undo').click();
    expect(await patched(alan!)).toEqual({ muted: false });
    expect(await patched(hedy!)).toEqual({ muted: false });
    expect(stage.server.heard.some(({ path }) => path === at(grace!))).toBe(false);
  });

  test('removes only after asking, and a phone of the house can be called back', async () => {
    await openCrowd(stage.page, stage.server, 4);
    takeAll([hedy!]);
    stage.server.replies.set('GET /accounts', [200, [account({ username: '203' })]]);
    stage.server.replies.set(`POST /meetings/${ROOM}/calls`, [202, { id: person(70).id }]);
    await button('Remove Hedy Lovelace').click();
    await button('Remove').click();
    await heard(stage.server, 'DELETE', at(hedy!));
    await stage.page.getByText('Undo calls them back').waitFor(WAIT);
    await button('Undo').click();
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/calls`)).toEqual({
      account: '203',
      name: 'Hedy Lovelace',
      role: 'participant',
    });
  });
});

test('in a call too Tab stops once at each person, and the arrows go along and from row to row', async () => {
  await from('soft-moderator')(stage.page, stage.server);
  await button('Mute Grace Hopper').focus();
  await press('ArrowRight');
  expect(await focused()).toBe('Remove Grace Hopper');
  await press('ArrowDown');
  const below = await focused();
  expect(below).toMatch(/^Remove (?!Grace)/);
  await press('ArrowUp', 'Tab');
  expect(await focused()).toBe(below?.replace('Remove', 'Rename'));
});

test('Escape ends selecting wherever the focus is, but closes a window or empties a field first', async () => {
  await openCrowd(stage.page, stage.server, 30);
  await button('More for Ada Lovelace').focus();
  await press('Control+a', 'Control+k');
  await stage.page.getByRole('dialog').waitFor();
  await press('Escape');
  await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
  const bar = stage.page.getByRole('toolbar');
  await bar.getByText('30 selected').waitFor();
  await stage.page.getByLabel('Find by name or number').fill('Grace');
  await press('Escape');
  await bar.getByText('30 selected').waitFor();
  await button('Announce').focus();
  await press('Escape');
  await bar.waitFor({ state: 'detached' });
});

describe('by keyboard alone', { timeout: 60_000 }, () => {
  test('Tab stops once at each person, and the arrows go along what can be done', async () => {
    await openCrowd(stage.page, stage.server, 30);
    await button('Details of Ada Lovelace').focus();
    await press('Tab');
    expect(await focused()).toBe('Details of Grace Lovelace');
    await press(...Array.from({ length: 9 }, () => 'ArrowRight'));
    expect(await focused()).toBe('More for Grace Lovelace');
    await press('ArrowLeft');
    expect(await focused()).toBe('Remove Grace Lovelace');
    await press('Tab');
    expect(await focused()).toBe('Details of Alan Lovelace');
    await press('Shift+Tab');
    expect(await focused()).toBe('Details of Grace Lovelace');
    // Who comes later is one stop too.
    stage.server.put(ROOM, person(90, { name: 'Late', joinedAtMs: Date.now() }));
    await button('Details of Late').focus();
    await press('Shift+Tab');
    expect(await focused()).toBe('Details of Søren Turing');
  });

  test('from row to row, through the menu, and back to where one was', async () => {
    await openCrowd(stage.page, stage.server, 30);
    takeAll([grace!]);
    await button('More for Ada Lovelace').focus();
    await press('ArrowDown');
    expect(await focused()).toBe('More for Grace Lovelace');
    await press('Enter');
    expect(await focused()).toBe('Details …');
    await press('Escape');
    expect(await focused()).toBe('More for Grace Lovelace');
    await press('Enter', 'o', 'Enter');
    expect(await patched(grace!)).toEqual({ held: true });
    expect(await focused()).toBe('More for Grace Lovelace');
    await press('End');
    await expect.poll(focused, WAIT).toBe('More for Søren Turing');
  });

  test('renames by the menu', async () => {
    await openCrowd(stage.page, stage.server, 30);
    takeAll([grace!]);
    await button('More for Grace Lovelace').focus();
    await press('Enter', 'ArrowDown', 'Enter');
    await stage.page.getByLabel('New name for Grace Lovelace').waitFor();
    await stage.page.keyboard.type('Grace Murray');
    await press('Enter');
    expect(await patched(grace!)).toEqual({ name: 'Grace Murray' });
  });

  test('in the details: louder, deaf, a moderator; Escape goes back to the name', async () => {
    await openCrowd(stage.page, stage.server, 30);
    takeAll([grace!]);
    await button('Details of Grace Lovelace').focus();
    await press('Enter');
    await button('Louder: How loud the others hear them').focus();
    await press('Enter');
    expect(await patched(grace!)).toEqual({ volume: { in: 1 } });
    stage.server.put(ROOM, { ...grace!, volume: { in: 1, out: 0 } });
    await stage.page.getByText('level +1').waitFor(WAIT);
    await stage.page.getByLabel('Hears nothing').focus();
    await press('Space');
    const bodies = () =>
      stage.server.heard.filter(({ path }) => path === at(grace!)).map(({ body }) => body);
    await expect.poll(bodies, WAIT).toContainEqual({ deaf: true });
    await press('Escape');
    await expect.poll(focused, WAIT).toBe('Details of Grace Lovelace');
  });

  test('Ctrl+A selects all who are shown, the space bar lets one go, Escape ends it', async () => {
    await openCrowd(stage.page, stage.server, 30);
    await button('More for Ada Lovelace').focus();
    await press('Control+a');
    const bar = stage.page.getByRole('toolbar');
    await bar.getByText('30 selected').waitFor();
    await stage.page.getByLabel('Select Grace Lovelace').focus();
    await press('Space');
    await bar.getByText('29 selected').waitFor();
    await press('Escape');
    await bar.waitFor({ state: 'detached' });
  });

  test('plays an announcement to the moderators', async () => {
    stage.server.replies.set('GET /announcements', [200, [{ name: 'fire-drill', seconds: 12 }]]);
    stage.server.replies.set(`POST /meetings/${ROOM}/announce`, [202, {}]);
    await openCrowd(stage.page, stage.server, 3);
    await button('Announce').focus();
    await press('Enter');
    await stage.page.getByLabel('Who hears it').selectOption('moderators');
    await stage.page.getByLabel('Which announcement').focus();
    await button('Play').focus();
    await press('Enter');
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/announce`)).toEqual({
      sound: 'fire-drill',
      to: 'moderators',
    });
    await stage.page.getByText('“fire-drill” is being played.').waitFor(WAIT);
  });
});
