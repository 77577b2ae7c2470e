import { expect, test } from 'vitest';
import { list, recording, silence } from './support/recording-shots.ts';
import { heard, useStage, WAIT } from './support/stage.ts';

const stage = useStage();

const listen = () => stage.page.getByRole('button', { name: /^Listen to “Monday round”/ }).click();
const more = () => stage.page.getByRole('button', { name: /^More for “Monday round”/ }).click();

test('a recording is heard in the page, from what every browser plays', async () => {
  const { page, server } = stage;
  server.replies.set('GET /recordings/r-1/audio', [200, silence()]);
  await list(page, server);
  await listen();
  const address = '/api/v1/recordings/r-1/audio?format=mp3';
  expect(await page.locator('audio').getAttribute('src')).toBe(address);
  await page.getByRole('button', { name: /^Stop listening to/ }).click();
  await page.locator('audio').waitFor({ state: 'detached' });
});

test('one that is gone says so, and leaves the list when that is loaded anew', async () => {
  const { page, server } = stage;
  await list(page, server);
  server.replies.set('GET /recordings/r-1', [404, { type: 'about:blank', title: '', status: 404 }]);
  await listen();
  const told = page.getByRole('alert').filter({ hasText: 'This recording is gone' });
  await told.waitFor(WAIT);
  server.replies.set('GET /recordings', [200, []]);
  await told.getByRole('button', { name: 'Reload the list' }).click();
  await page.getByText('Nothing is recorded').waitFor(WAIT);
});

test('a file that no browser plays is offered to be saved as it was recorded', async () => {
  const { page, server } = stage;
  server.replies.set('GET /recordings/r-1', [200, recording()]);
  server.replies.set('GET /recordings/r-1/audio', [200, Buffer.from('no sound at all')]);
  await list(page, server);
  await listen();
  const told = page.getByRole('alert').filter({ hasText: 'This browser cannot play' });
  const saved = page.waitForEvent('download');
  await told.getByRole('button', { name: 'Save as WAV' }).click();
  expect((await saved).url()).toContain('/recordings/r-1/audio?format=wav&download=true');
});

test('one that the server cannot give now is told in its words, and played once it can', async () => {
  const { page, server } = stage;
  const away = { type: 'urn:partyline:problem:unavailable', title: '', status: 503, detail: '' };
  server.replies.set('GET /recordings/r-1', [503, away]);
  server.replies.set('GET /recordings/r-1/audio', [503, away]);
  await list(page, server);
  await listen();
  const told = page.locator('.recording').getByRole('alert');
  await told.waitFor(WAIT);
  server.replies.set('GET /recordings/r-1/audio', [200, silence()]);
  await told.getByRole('button', { name: 'Try again' }).click();
  await page.locator('audio').waitFor(WAIT);
  await expect.poll(() => told.count(), WAIT).toBe(0);
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
