import { describe, expect, test } from 'vitest';
import {
  ada,
  atConsole,
  BLUE,
  grace,
  inRed,
  join,
  RED,
  redAndBlue,
  tim,
} from './support/breakout-shots.ts';
import { ROOM } from './support/people.ts';
import { openConsole, SIGNED_IN } from './support/scenes.ts';
import { heard, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const button = (name: string | RegExp) => stage.page.getByRole('button', { name });
const heading = (name: string) => stage.page.getByRole('heading', { name, level: 1 });

describe('a softphone', { timeout: 60_000 }, () => {
  test('shows the breakout room that its call was moved to, and the main room afterwards', async () => {
    const { page, server } = stage;
    await join(page, server, ROOM);
    server.putBreakouts(redAndBlue());
    server.fact({ kind: 'participant-left', room: ROOM, id: ada.id, reason: 'moved' });
    server.put(RED, ada);
    await heading('Red').waitFor(WAIT);
    expect(await page.getByText(/^\d:\d\d left$/).textContent()).toMatch(/^(9:00|8:5\d) left$/);
    expect(await button('Back to the main room').count()).toBe(0);
    server.fact({ kind: 'participant-left', room: RED, id: ada.id, reason: 'moved' });
    server.put(ROOM, ada);
    await heading('Monday round').waitFor(WAIT);
    await page.getByText('Tim', { exact: true }).waitFor();
  });

  test('goes back by a button where people choose; the page follows the fact', async () => {
    const { page, server } = stage;
    await inRed(page, server);
    const path = `/meetings/${ROOM}/breakouts/main/move`;
    server.replies.set(`POST ${path}`, [202, {}]);
    await button('Back to the main room').click();
    expect(await heard(server, 'POST', path)).toEqual({ participants: [ada.id] });
    expect(await heading('Red').count()).toBe(1);
    server.fact({ kind: 'participant-left', room: RED, id: ada.id, reason: 'moved' });
    server.put(ROOM, ada);
    await heading('Monday round').waitFor(WAIT);
  });

  test('raises its hand in the breakout room by the meeting’s path', async () => {
    const { page, server } = stage;
    await inRed(page, server);
    const path = `/meetings/${ROOM}/participants/${ada.id}`;
    server.replies.set(`PATCH ${path}`, [202, {}]);
    await button('Raise your hand').click();
    expect(await heard(server, 'PATCH', path)).toEqual({ hand: true });
    server.put(RED, { ...ada, hand: true, handAtMs: 1 });
    await button(/Lower your hand, number 1/).waitFor(WAIT);
  });
});

describe('the console', { timeout: 60_000 }, () => {
  test('shows who is where, and moves somebody by keyboard', async () => {
    const { page, server } = stage;
    await atConsole(page, server);
    const list = (name: string) => page.getByRole('list', { name }).locator('.queue-name');
    expect(await list('Main room').allTextContents()).toEqual([grace.name]);
    expect(await list('Red').allTextContents()).toEqual([ada.name]);
    await page.getByText('hand raised').waitFor();
    const path = `/meetings/${ROOM}/breakouts/${RED}/move`;
    server.replies.set(`POST ${path}`, [202, {}]);
    await page
      .getByRole('group', { name: 'Move Tim to' })
      .getByRole('button', { name: 'Red' })
      .focus();
    await page.keyboard.press('Enter');
    expect(await heard(server, 'POST', path)).toEqual({ participants: [tim.id] });
    server.fact({ kind: 'participant-left', room: BLUE, id: tim.id, reason: 'moved' });
    server.put(RED, tim);
    await expect.poll(() => list('Red').allTextContents(), WAIT).toEqual([ada.name, tim.name]);
  });

  test('lets who is in the meeting themselves visit a room, and nobody else', async () => {
    const { page, server } = stage;
    await atConsole(page, server);
    expect(await button(/^Visit/).count()).toBe(0);
    server.replies.set('GET /session', [200, { ...SIGNED_IN, personId: 'grace' }]);
    server.put(ROOM, { ...grace, personId: 'grace' });
    const path = `/meetings/${ROOM}/breakouts/${RED}/move`;
    server.replies.set(`POST ${path}`, [202, {}]);
    await page.reload();
    await button('Visit Red').click();
    expect(await heard(server, 'POST', path)).toEqual({ participants: [grace.id] });
    expect(await button('Visit Main room').count()).toBe(0);
  });

  test('calls all back only after asking', async () => {
    const { page, server } = stage;
    await atConsole(page, server);
    const path = `/meetings/${ROOM}/breakouts/close`;
    server.replies.set(`POST ${path}`, [202, {}]);
    await button('Call all back').click();
    expect(server.heard.some((each) => each.path === path)).toBe(false);
    await page.getByRole('dialog').getByRole('button', { name: 'Call back' }).click();
    expect(await heard(server, 'POST', path)).toEqual({});
    server.putBreakouts({ meeting: ROOM, rooms: [], self: false });
    await page.getByRole('region', { name: 'Breakout rooms' }).waitFor({ state: 'detached' });
  });

  test('opens rooms by number and names, for so many minutes', async () => {
    const { page, server } = stage;
    openConsole(server);
    server.put(ROOM, grace);
    server.replies.set(`POST /meetings/${ROOM}/breakouts`, [201, {}]);
    await page.goto(`${server.url}/console#/meetings/${ROOM}`);
    await button('Open breakout rooms').click();
    await button('One room more').click();
    await page.getByLabel('Name of room 1').fill('Red');
    await page.getByLabel('Who goes where').selectOption('given');
    await page.getByLabel('Minutes').fill('15');
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
    expect(await heard(server, 'POST', `/meetings/${ROOM}/breakouts`)).toEqual({
      rooms: [{ name: 'Red' }, { name: 'Room 2' }, { name: 'Room 3' }],
      assign: 'given',
      minutes: 15,
    });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
