import { describe, expect, test } from 'vitest';
import { legId, meeting, person, ROOM } from './support/people.ts';
import { alarm, ban, openConsole, trunk } from './support/scenes.ts';
import { heard, row, useStage, WAIT } from './support/stage.ts';
import { bans, series, TIMES } from './support/upkeep-shots.ts';

const stage = useStage();
const tim = person(2, { name: 'Tim' });
const path = `/meetings/${ROOM}/participants/${tim.id}`;
const callId = legId(30);
const NOT_NOW = {
  type: 'urn:partyline:problem:unavailable',
  title: 'Not available now',
  status: 503,
  detail: 'Not now: try again.',
};

async function open(who = tim): Promise<void> {
  openConsole(stage.server);
  for (const method of ['PATCH', 'DELETE'])
    stage.server.replies.set(`${method} ${path}`, [202, {}]);
  stage.server.put(ROOM, who);
  await stage.page.goto(`${stage.server.url}/console#/meetings/${ROOM}`);
  await stage.page.getByRole('heading', { name: 'Monday round' }).waitFor(WAIT);
}

const button = (name: string) => stage.page.getByRole('button', { name, exact: true });

describe('a moderator at the console', { timeout: 60_000 }, () => {
  test('admits one from the lobby; the row moves when the fact comes', async () => {
    await open({ ...tim, state: 'lobby' });
    await stage.page.getByText('1 person waiting to be let in').waitFor();
    await button('Admit Tim').click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ admitted: true });
    expect(await button('Admit Tim').getAttribute('aria-busy')).toBe('true');
    stage.server.put(ROOM, tim);
    await row(stage.page, 'Tim').getByRole('button', { name: 'Mute Tim' }).waitFor();
    expect(await stage.page.getByText('waiting to be let in').count()).toBe(0);
  });

  test('admits all, and refuses all only after asking', async () => {
    await open({ ...tim, state: 'lobby' });
    stage.server.put(ROOM, person(3, { name: 'Alan', state: 'lobby' }));
    stage.server.replies.set(`POST /meetings/${ROOM}/lobby`, [202, {}]);
    await button('Refuse all').click();
    expect(stage.server.heard.some(({ path: asked }) => asked.endsWith('/lobby'))).toBe(false);
    await stage.page.getByRole('dialog').getByRole('button', { name: 'Refuse all' }).click();
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/lobby`)).toEqual({
      action: 'refuse',
    });
  });

  test('sees raised hands in their order, and lowers one', async () => {
    await open({ ...tim, hand: true, handAtMs: 2 });
    stage.server.put(ROOM, person(3, { name: 'Alan', hand: true, handAtMs: 1 }));
    const queue = stage.page.getByRole('region', { name: 'Raised hands' });
    await queue.getByText('Alan').waitFor();
    expect(await queue.locator('.queue-name').allTextContents()).toEqual(['Alan', 'Tim']);
    await button('Lower the hand of Tim').click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ hand: false });
  });

  test('attends to who asked for help', async () => {
    await open({ ...tim, wantsHelp: true });
    await button('Help for Tim is attended to').click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ help: false });
    stage.server.put(ROOM, tim);
    await stage.page.getByRole('region', { name: 'Asked for help' }).waitFor({ state: 'detached' });
  });

  test('asks who muted themself to unmute, and sees that they were asked', async () => {
    const muted = { ...tim, muted: true, mutedBy: 'self' } as const;
    await open(muted);
    await row(stage.page, 'Tim').getByText('muted themself').waitFor();
    await button('Ask to unmute: Tim').click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ muted: false });
    stage.server.put(ROOM, { ...muted, askedToUnmute: true });
    await row(stage.page, 'Tim').getByText('Asked …').waitFor();
    expect(await button('Tim was asked to unmute').isDisabled()).toBe(true);
  });

  test('names an unnamed caller in place: Enter keeps the name, Escape does not', async () => {
    await open({ ...tim, name: 'Caller …0137', unnamed: true });
    await row(stage.page, 'Caller …0137').getByText('unnamed caller').waitFor();
    await button('Rename Caller …0137').click();
    await stage.page.keyboard.type('Nobody');
    await stage.page.keyboard.press('Escape');
    await button('Rename Caller …0137').click();
    await stage.page.keyboard.type('Hedy Lamarr');
    await stage.page.keyboard.press('Enter');
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ name: 'Hedy Lamarr' });
    await stage.page.getByText('Caller …0137').waitFor();
    stage.server.put(ROOM, { ...tim, name: 'Hedy Lamarr' });
    await row(stage.page, 'Hedy Lamarr').waitFor();
  });

  test('makes somebody a moderator', async () => {
    await open();
    await button('More for Tim').click();
    const moderator = stage.page.getByRole('menuitemcheckbox', { name: 'Moderator' });
    expect(await moderator.getAttribute('aria-checked')).toBe('false');
    await moderator.click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ role: 'moderator' });
    stage.server.put(ROOM, { ...tim, role: 'moderator' });
    await row(stage.page, 'Tim').getByTitle('moderator').waitFor();
    await button('More for Tim').click();
    expect(await moderator.getAttribute('aria-checked')).toBe('true');
  });

  test('bans, told what it means, and can take it back at once', async () => {
    await open();
    const bans = `/meetings/${ROOM}/bans`;
    stage.server.replies.set(`DELETE ${bans}/b1`, [204]);
    await button('Remove Tim').click();
    await stage.page.getByLabel('Remove and ban').click();
    await stage.page.getByText('known again by their number or account').waitFor();
    stage.server.replies.set(`GET ${bans}`, [200, [ban()]]);
    await button('Remove and ban').click();
    await stage.page.getByText('Tim is banned from this meeting.').waitFor();
    expect(stage.server.last('DELETE')).toMatchObject({ path, search: '?ban=true' });
    await stage.page.getByRole('region', { name: 'Banned' }).getByText('by console').waitFor();
    await button('Undo').click();
    await heard(stage.server, 'DELETE', `${bans}/b1`);
    await stage.page.getByText('Tim may come in again.').waitFor();
  });
});

describe('the console, about a whole meeting', { timeout: 60_000 }, () => {
  test('calls somebody in, sees how it goes, cancels, and calls again', async () => {
    await open();
    const calls = `/meetings/${ROOM}/calls`;
    stage.server.replies.set(`POST ${calls}`, [202, { id: callId }]);
    stage.server.replies.set(`DELETE ${calls}/${callId}`, [202, {}]);
    await button('Call somebody').click();
    await stage.page.getByLabel('Desk phone or number').fill('+49 30 5550137');
    await stage.page.getByLabel('Name (optional)').fill('Bob');
    await button('Call').click();
    const body = { number: '+49 30 5550137', name: 'Bob', role: 'participant' };
    expect(await heard(stage.server, 'POST', calls)).toEqual(body);
    const call = { id: callId, name: 'Bob', number: '+49…0137', startedAtMs: 1 } as const;
    for (const [state, words] of [
      ['calling', 'Calling …'],
      ['ringing', 'Ringing …'],
      ['asked', 'hears the invitation'],
    ] as const) {
      stage.server.fact({ kind: 'call-updated', room: ROOM, call: { ...call, state } });
      await stage.page.getByRole('region', { name: 'Calls' }).getByText(words).waitFor();
    }
    await button('Cancel the call to Bob').click();
    await heard(stage.server, 'DELETE', `${calls}/${callId}`);
    const ended = { ...call, state: 'ended', end: 'busy' } as const;
    stage.server.fact({ kind: 'call-updated', room: ROOM, call: ended });
    await stage.page.getByText(/…0137.* · Busy/).waitFor();
    await button('Call Bob again').click();
    const posted = () =>
      stage.server.heard.filter((each) => each.method === 'POST' && each.path === calls);
    await expect.poll(() => posted().length, WAIT).toBe(2);
    expect(posted()[1]?.body).toEqual(body);
  });

  test('changes a meeting’s rules, and sends what changed alone', async () => {
    await open();
    stage.server.replies.set(`PATCH /meetings/${ROOM}`, [200, meeting({ lobby: true })]);
    await button('Settings').click();
    await stage.page.getByText('Coming in').click();
    await stage.page.getByLabel('Let people in one by one').check();
    await button('Save').click();
    expect(await heard(stage.server, 'PATCH', `/meetings/${ROOM}`)).toEqual({ lobby: true });
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('leaves one time of a series out, and brings one back', async () => {
    await series(stage.page, stage.server);
    const [first, second] = TIMES.map(({ at }) => {
      const path = `/meetings/${ROOM}/occurrences/${encodeURIComponent(at)}`;
      stage.server.replies.set(`PATCH ${path}`, [200, meeting()]);
      return path;
    });
    await stage.page.locator('.meeting-row').getByText('left out').waitFor();
    await stage.page.getByRole('button', { name: /^Bring back .*23/ }).click();
    expect(await heard(stage.server, 'PATCH', first ?? '')).toEqual({ skipped: false });
    await stage.page.getByRole('button', { name: /^Leave out .*30/ }).click();
    expect(await heard(stage.server, 'PATCH', second ?? '')).toEqual({ skipped: true });
    const told = stage.page.locator('.toast', { hasText: 'is left out' });
    await told.getByRole('button', { name: 'Undo' }).click();
    const asked = () =>
      stage.server.heard.filter(({ method, path }) => method === 'PATCH' && path === second);
    await expect.poll(() => asked().at(-1)?.body, WAIT).toEqual({ skipped: false });
  });

  test('records where the house allows it', async () => {
    await open();
    stage.server.replies.set(`POST /meetings/${ROOM}/recording`, [202, {}]);
    await button('Record').click();
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/recording`)).toEqual({
      action: 'start',
    });
    stage.server.fact({ kind: 'room-updated', room: ROOM, locked: false, recording: true });
    await button('Stop recording').waitFor();
  });
});

describe('who runs the house', { timeout: 60_000 }, () => {
  test('is warned of a hunt for codes when it begins, sees whom it holds for, and forgives', async () => {
    await open();
    const full = alarm({ until: new Date(Date.now() + 600_000).toISOString() });
    stage.server.replies.set('GET /alarms', [200, [full]]);
    stage.server.replies.set(`DELETE /alarms/${full.id}`, [204]);
    stage.server.tell((seq) => ({ kind: 'alarms-updated', seq }));
    await stage.page.getByText('Wrong codes from +49…0137').waitFor(WAIT);
    await stage.page.getByRole('link', { name: 'Look' }).click();
    await stage.page.getByText('7 tries').waitFor();
    await button('Put away').waitFor({ state: 'detached' });
    stage.server.replies.set('GET /alarms', [200, []]);
    await button('Lift: Wrong codes from +49…0137').click();
    await heard(stage.server, 'DELETE', `/alarms/${full.id}`);
    await stage.page.getByText('All is quiet').waitFor();
  });

  test('sees all bans, bans a number from every meeting, and lifts one with a way back', async () => {
    await bans(stage.page, stage.server);
    await row(stage.page, 'Tim').getByRole('link', { name: 'In “Monday round”' }).waitFor();
    stage.server.replies.set('POST /bans', [201, ban({ id: 'b9', name: 'Telephone' })]);
    stage.server.replies.set('DELETE /bans/b1', [204]);
    stage.server.replies.set('DELETE /bans/b9', [503, NOT_NOW]);
    await button('Ban somebody').click();
    await stage.page.getByLabel('Number').fill('+49 40 123456');
    await stage.page.getByLabel('For how long').selectOption('day');
    await button('Ban').click();
    const wish = (await heard(stage.server, 'POST', '/bans')) as { until: string };
    expect(wish).toMatchObject({ number: '+49 40 123456' });
    expect(Date.parse(wish.until)).toBeGreaterThan(Date.now());
    await button('Undo').click();
    await stage.page.getByText('Not now: try again.').waitFor();
    await button('Lift the ban of Tim').click();
    await row(stage.page, 'Tim').waitFor({ state: 'detached' });
    await button('Undo').last().click();
    await row(stage.page, 'Tim').waitFor();
    expect(stage.server.last('DELETE')?.path).toBe('/bans/b9');
    await button('Lift the ban of Tim').click();
    await button('Dismiss').last().click();
    await heard(stage.server, 'DELETE', '/bans/b1');
  });

  test('adds a trunk, and sees how its line stands', async () => {
    openConsole(stage.server);
    stage.server.replies.set('POST /trunks', [201, trunk()]);
    await stage.page.goto(`${stage.server.url}/console#/trunks`);
    await button('Add the first one').click();
    await stage.page.getByLabel('Name', { exact: true }).fill('provider');
    await stage.page.getByLabel('Server').fill('sip.example.org');
    await stage.page.getByLabel('Numbers that reach us').fill('+49 30 901234 Berlin, de');
    const line = { state: 'refused', detail: 'The provider answers 403.' } as const;
    stage.server.replies.set('GET /trunks', [200, [trunk({ line })]]);
    await button('Create').click();
    expect(await heard(stage.server, 'POST', '/trunks')).toMatchObject({
      server: 'sip.example.org:5060',
      numbers: [{ number: '+4930901234', label: 'Berlin', language: 'de' }],
    });
    await stage.page.getByText('The provider answers 403.').waitFor();
  });

  test('prints a card with numbers, code and keys, and nothing else of the page', async () => {
    openConsole(stage.server);
    await stage.page.goto(`${stage.server.url}/console#/meetings/${ROOM}/card`);
    await stage.page.getByText('482 190 7735 #').waitFor();
    await stage.page.emulateMedia({ media: 'print' });
    expect(await stage.page.getByText('raise the hand').isVisible()).toBe(true);
    for (const gone of [button('Print'), stage.page.getByRole('navigation'), button('Sign out')])
      expect(await gone.isVisible()).toBe(false);
  });

  test.each([360, 768])('at %i pixels nothing sticks out at the side', async (width) => {
    await stage.page.setViewportSize({ width, height: 740 });
    await open({ ...tim, name: 'Caller …0137', unnamed: true, hand: true, handAtMs: 1 });
    await row(stage.page, 'Caller …0137').first().waitFor();
    const wide = () => stage.page.evaluate(() => document.documentElement.scrollWidth);
    expect(await wide()).toBe(width);
  });
});
