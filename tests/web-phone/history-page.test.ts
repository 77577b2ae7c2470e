import { expect, test } from 'vitest';
import { pastSession } from './support/history.ts';
import { giveHistory, giveSessionRecordings } from './support/history-shots.ts';
import { silence } from './support/recording-shots.ts';
import { openConsole } from './support/scenes.ts';
import { useStage, WAIT } from './support/stage.ts';

const stage = useStage();

async function open(): Promise<void> {
  giveHistory(stage.server);
  openConsole(stage.server);
  await stage.page.goto(`${stage.server.url}/console#/history`);
}

test('a session is opened from the list, and says who came, left, talked and how it sounded', async () => {
  await open();
  const { page } = stage;
  await page.getByRole('link', { name: /Weekly round/ }).click();
  const konrad = page.getByRole('row', { name: /Konrad/ });
  await konrad.waitFor(WAIT);
  expect(await konrad.innerText()).toMatch(/bad \(2\.4\)[^]*A moderator removed them[^]*by Ada/);
  const drawn = page.getByRole('img', { name: /^Ada Lovelace talked for/ });
  expect(await drawn.locator('.timeline-talk').count()).toBe(6);
  await page.getByRole('img', { name: 'Forgotten did not talk.' }).waitFor(WAIT);
  const csv = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  expect(csv).toBe(
    `/api/v1/meetings/${pastSession().meeting}/history/${pastSession().id}/export?format=csv&bom=true`,
  );
});

test('what was recorded while people met is heard there, and what was recorded otherwise is not shown', async () => {
  giveSessionRecordings(stage.server);
  stage.server.replies.set('GET /recordings/r-1/audio', [200, silence()]);
  await open();
  const { page, server } = stage;
  await page.getByRole('link', { name: /Weekly round/ }).click();
  const part = page.getByRole('region', { name: 'Recordings' });
  await part.waitFor(WAIT);
  expect(await part.getByRole('listitem').count()).toBe(2);
  const { search } = server.heard.find(({ path }) => path === '/recordings') ?? {};
  expect(search).toBe(`?meeting=${pastSession().meeting}`);
  await part
    .getByRole('button', { name: /^Listen to/ })
    .last()
    .click();
  const address = '/api/v1/recordings/r-1/audio?format=mp3';
  expect(await part.locator('audio').getAttribute('src')).toBe(address);
});

test('somebody is searched for by name, and the file is of the same search', async () => {
  await open();
  const { page, server } = stage;
  await page.getByLabel('Somebody who was there').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect
    .poll(() => server.heard.filter(({ path }) => path === '/history').at(-1)?.search, WAIT)
    .toBe('?limit=50&person=Ada+Lovelace');
  const json = await page.getByRole('link', { name: 'JSON' }).getAttribute('href');
  expect(json).toBe('/api/v1/history/export?person=Ada+Lovelace&format=json');
});

test('a session is forgotten only after a question, and the list is back then', async () => {
  await open();
  const { page, server } = stage;
  await page.getByRole('link', { name: /Weekly round/ }).click();
  await page.getByRole('button', { name: 'Forget this session' }).click();
  expect(server.heard.some(({ method }) => method === 'DELETE')).toBe(false);
  await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
  await page.getByRole('heading', { name: 'History' }).waitFor(WAIT);
  expect(server.heard.some(({ method }) => method === 'DELETE')).toBe(true);
});
