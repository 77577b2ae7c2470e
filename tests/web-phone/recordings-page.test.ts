import { expect, test } from 'vitest';
import { list, recording } from './support/recording-shots.ts';
import { heard, useStage, WAIT } from './support/stage.ts';

const stage = useStage();

const more = () => stage.page.getByRole('button', { name: /^More for “Monday round”/ }).click();

test('a recording is heard in the page, from what every browser plays', async () => {
  const { page, server } = stage;
  await list(page, server);
  await page.getByRole('button', { name: /^Listen to “Monday round”/ }).click();
  const address = '/api/v1/recordings/r-1/audio?format=mp3';
  expect(await page.locator('audio').getAttribute('src')).toBe(address);
  await page.getByRole('button', { name: /^Stop listening to/ }).click();
  await page.locator('audio').waitFor({ state: 'detached' });
});

test('publishing it gives a link, and can be taken back', async () => {
  const { page, server } = stage;
  await list(page, server);
  server.replies.set('PATCH /recordings/r-1', [200, recording({ published: true })]);
  await more();
  await page.getByRole('menuitem', { name: 'Publish by a link' }).click();
  expect(await heard(server, 'PATCH', '/recordings/r-1')).toEqual({ published: true });
  await page.getByRole('button', { name: 'Undo' }).click();
  const isTakenBack = () =>
    server.heard.some(({ body }) => JSON.stringify(body) === '{"published":false}');
  await expect.poll(isTakenBack, WAIT).toBe(true);
});

test('a deleted one is out of sight at once, and sent once it cannot be had back', async () => {
  const { page, server } = stage;
  await list(page, server);
  server.replies.set('DELETE /recordings/r-1', [204]);
  await more();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const rows = page.locator('.recording');
  await expect.poll(() => rows.count(), WAIT).toBe(3);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => rows.count(), WAIT).toBe(4);
  expect(server.heard.some(({ method }) => method === 'DELETE')).toBe(false);
  await more();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Dismiss' }).last().click();
  await heard(server, 'DELETE', '/recordings/r-1');
});
