import { expect, test } from 'vitest';
import { members, signInAgain } from './support/comfort-shots.ts';
import { meeting, ROOM } from './support/people.ts';
import { ADA, BEN, CLEO, openAs } from './support/people-scenes.ts';
import { SIGNED_IN } from './support/scenes.ts';
import { heard, useStage, WAIT } from './support/stage.ts';

const stage = useStage();

async function openMeeting(): Promise<void> {
  openAs(stage.server, ADA);
  await stage.page.goto(`${stage.server.url}/console#/meetings/${ROOM}`);
  await stage.page.getByRole('heading', { name: 'Monday round' }).waitFor(WAIT);
}

test('a session that ends keeps what was typed; signed in again, one goes on', async () => {
  const { page, server } = stage;
  await signInAgain(page, server);
  const view = { ...SIGNED_IN, personId: ADA.id, name: ADA.name };
  server.replies.set('POST /session', [200, view]);
  server.replies.set('GET /session', [200, view]);
  server.replies.set(`PATCH /meetings/${ROOM}`, [200, meeting({ name: 'Tuesday' })]);
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await page.keyboard.press('Escape');
  await again.getByLabel('Name you sign in with').fill('ada@example.org');
  await again.getByLabel('Password').fill('a few good words');
  await page.keyboard.press('Enter');
  await again.waitFor({ state: 'detached', ...WAIT });
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Tuesday');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => server.last('PATCH')?.body, WAIT).toEqual({ name: 'Tuesday' });
});

test('somebody else who signs in sees their own page, and not the other’s form', async () => {
  const { page, server } = stage;
  await signInAgain(page, server);
  const view = { ...SIGNED_IN, role: 'observer', personId: CLEO.id, name: CLEO.name };
  server.replies.set('POST /session', [200, view]);
  server.replies.set('GET /session', [200, view]);
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await again.getByLabel('Name you sign in with').fill('cleo');
  await again.getByLabel('Password').fill('a few good words');
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog')
    .first()
    .waitFor({ state: 'detached', ...WAIT });
  expect(await page.getByRole('button', { name: 'New meeting' }).count()).toBe(0);
});

test('Back does not throw away what was typed: it asks, and goes only then', async () => {
  await openMeeting();
  const { page } = stage;
  await page.evaluate(() => (location.hash = '#/people'));
  await page.getByRole('heading', { name: 'People' }).waitFor(WAIT);
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Dora');
  await page.goBack();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Dora');
  expect(new URL(page.url()).hash).toBe('#/people');
  await page.goBack();
  await question.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('heading', { name: 'Monday round' }).waitFor(WAIT);
});

test('after going somewhere the heading has the focus, and the window its name', async () => {
  await openMeeting();
  const { page } = stage;
  await page.getByRole('link', { name: 'Audit' }).click();
  const heading = page.getByRole('heading', { name: 'Audit' });
  await expect.poll(() => heading.evaluate((at) => at === document.activeElement), WAIT).toBe(true);
  expect(await page.title()).toBe('Audit – Partyline console');
  await page.goBack();
  await expect.poll(() => page.title(), WAIT).toBe('Monday round – Partyline console');
});

test('a few letters after Ctrl+K lead to a person, a meeting or a place', async () => {
  await openMeeting();
  const { page } = stage;
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Go to' });
  await field.fill('ben');
  await page.getByRole('option', { name: 'Ben Okri' }).waitFor(WAIT);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'People' }).waitFor(WAIT);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Meetings', exact: true }).waitFor(WAIT);
});

test('somebody is named by typing and Enter, gets a role, and is sent with the others', async () => {
  const { page, server } = stage;
  server.replies.set(`PATCH /meetings/${ROOM}`, [200, meeting()]);
  await members(page, server);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: CLEO.name }).selectOption('Moderator');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await heard(server, 'PATCH', `/meetings/${ROOM}`)).toEqual({
    members: [
      { personId: BEN.id, role: 'moderator' },
      { personId: CLEO.id, role: 'moderator' },
    ],
  });
});

test('a webhook that was deleted is back with Undo, and gone once the notice is put away', async () => {
  const { page, server } = stage;
  openAs(server, ADA);
  const hook = { id: 'w1', url: 'https://example.org/hook', state: 'well', newest: 1 };
  server.replies.set('GET /webhooks', [200, [{ ...hook, deliveredTo: 1 }]]);
  server.replies.set('DELETE /webhooks/w1', [204]);
  await page.goto(`${server.url}/console#/webhooks`);
  const row = page.getByRole('listitem').filter({ hasText: hook.url });
  const remove = page.getByRole('button', { name: `Delete ${hook.url}` });
  await remove.click();
  await row.waitFor({ state: 'detached', ...WAIT });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor(WAIT);
  expect(server.last('DELETE')).toBeUndefined();
  await remove.click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await heard(server, 'DELETE', '/webhooks/w1');
});

test('what the server could not answer is asked for again by a button', async () => {
  const { page, server } = stage;
  openAs(server, ADA);
  const type = 'urn:partyline:problem:unavailable';
  server.replies.set('GET /history', [503, { type, title: '', status: 503, detail: 'Not now.' }]);
  await page.goto(`${server.url}/console#/history`);
  await page.getByText('Not now.').waitFor(WAIT);
  server.replies.set('GET /history', [200, []]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Nothing here' }).waitFor(WAIT);
});
