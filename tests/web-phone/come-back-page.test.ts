import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { talk } from './support/come-back-shots.ts';
import { legId, person, ROOM } from './support/people.ts';
import { allowJoining } from './support/scenes.ts';
import { useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const GRANT = '/tickets/t1/softphone';

function grants(): readonly unknown[] {
  return stage.server.heard.filter(({ path }) => path === GRANT).map(({ body }) => body);
}

async function isInCall(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
}

describe('a call that a page has lost', { timeout: 60_000 }, () => {
  test('is gone back to after a reload without a click, as the person who was in it', async () => {
    await talk(stage.page, stage.server);
    await stage.page.reload();
    await isInCall(stage.page);
    await expect
      .poll(grants, WAIT)
      .toEqual([{ name: 'Ada Lovelace' }, { name: 'Ada Lovelace', back: true }]);
    expect(stage.server.last('POST')?.authorization).toBe('Bearer feed-token');
  });

  test('is silent after a reload where it was muted, though the server forgot', async () => {
    await talk(stage.page, stage.server);
    const own = person(1, { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' });
    stage.server.put(ROOM, { ...own, muted: true, mutedBy: 'moderator' });
    await stage.page.getByText('Muted', { exact: true }).waitFor(WAIT);
    stage.server.rooms = new Map();
    await stage.page.reload();
    await isInCall(stage.page);
    const path = `/meetings/${ROOM}/participants/${legId(7)}`;
    stage.server.replies.set(`PATCH ${path}`, [202]);
    stage.server.put(ROOM, { ...own, id: legId(7) });
    await expect.poll(() => stage.server.last('PATCH')?.body, WAIT).toEqual({ muted: true });
  });

  test('is over after leaving: a reload leads to the door, which offers nothing', async () => {
    await talk(stage.page, stage.server);
    await stage.page.getByRole('button', { name: 'Leave' }).click();
    await stage.page.reload();
    await stage.page.getByRole('button', { name: 'Join the meeting' }).waitFor(WAIT);
    expect(await stage.page.getByText('a moment ago').count()).toBe(0);
    expect(grants()).toHaveLength(1);
  });

  test('is offered where its tab is gone, and taken up by one click', async () => {
    const gone = await stage.page.context().newPage();
    await talk(gone, stage.server);
    await gone.close();
    await stage.page.goto(`${stage.server.url}/join/t1`);
    await stage.page.getByRole('button', { name: 'Go back in' }).click();
    await isInCall(stage.page);
    expect(grants().at(-1)).toEqual({ name: 'Ada Lovelace', back: true });
  });

  test('is in one tab: a second one asks before it takes it over, and lets somebody else join', async () => {
    await talk(await stage.page.context().newPage(), stage.server);
    await stage.page.goto(`${stage.server.url}/join/t1`);
    await stage.page.getByText('in another tab').waitFor(WAIT);
    await stage.page.getByLabel('Your name').fill('Somebody Else');
    await stage.page.getByRole('button', { name: 'Join the meeting' }).click();
    await isInCall(stage.page);
    expect(grants().at(-1)).toEqual({ name: 'Somebody Else' });
    const third = await stage.page.context().newPage();
    await third.goto(`${stage.server.url}/join/t1`);
    await third.getByRole('button', { name: 'Take the call here' }).click();
    await isInCall(third);
    expect(grants().at(-1)).toMatchObject({ back: true });
  });

  test('that was taken for over is gone back to with a voice, where the microphone was closed', async () => {
    await talk(stage.page, stage.server);
    stage.server.sip.bye();
    await stage.page.getByRole('button', { name: 'Join again' }).waitFor(WAIT);
    const told = { room: ROOM, id: legId(1), reason: 'connection-lost' } as const;
    stage.server.fact({ kind: 'participant-left', ...told });
    await isInCall(stage.page);
    await stage.page.getByRole('button', { name: 'Microphone and speaker' }).click();
    await stage.page.locator('.panel [aria-busy=false] .meter').waitFor(WAIT);
  });

  test('whose view does not come is there after the page is loaded anew', async () => {
    await stage.page.route('**/in-call-*.js', (route) => route.abort());
    allowJoining(stage.server);
    await stage.page.goto(`${stage.server.url}/join/t1`);
    await stage.page.getByLabel('Your name').fill('Ada Lovelace');
    await stage.page.getByRole('button', { name: 'Join the meeting' }).click();
    const again = stage.page.getByRole('button', { name: 'Try again' });
    await again.waitFor(WAIT);
    await stage.page.unroute('**/in-call-*.js');
    await again.click();
    await isInCall(stage.page);
    expect(grants().at(-1)).toEqual({ name: 'Ada Lovelace', back: true });
  });

  test('is not asked for where the browser keeps nothing: the door opens all the same', async () => {
    await stage.page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        });
    });
    await talk(stage.page, stage.server);
    await isInCall(stage.page);
  });

  test('leaves nothing in the browser that a tab which died elsewhere has forgotten', async () => {
    await stage.page.goto(`${stage.server.url}/join/t1`);
    const old = { id: 'a', name: 'Ada', token: 't', muted: true, listening: false };
    const text = JSON.stringify({ ...old, sinceMs: 0, atMs: Date.now() - 400_000 });
    await stage.page.evaluate((kept) => localStorage.setItem('partyline.stay.other', kept), text);
    await stage.page.reload();
    const kept = () => stage.page.evaluate(() => localStorage.getItem('partyline.stay.other'));
    await expect.poll(kept, WAIT).toBeNull();
  });

  test('is tried while the server is away, which the page says, and at once by "Try now"', async () => {
    await talk(stage.page, stage.server);
    stage.server.replies.set(`POST ${GRANT}`, [503, { type: 'about:blank', status: 503 }]);
    stage.server.sip.breakOff();
    const again = stage.page.getByRole('button', { name: 'Try now' });
    await again.waitFor(WAIT);
    const before = grants().length;
    await again.click();
    await expect.poll(() => grants().length, WAIT).toBeGreaterThan(before);
  });
});
