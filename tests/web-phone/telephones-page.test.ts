import { expect, test } from 'vitest';
import { systemFindings } from '../../protocol/system/findings.ts';
import { SYSTEM_FACTS } from '../support/system.ts';
import { ADA } from './support/people-scenes.ts';
import { account, openConsole } from './support/scenes.ts';
import { heard, row, useStage, WAIT } from './support/stage.ts';
import { openSystem, TROUBLED } from './support/system-shots.ts';
import { somePhones, withPassword } from './support/telephone-shots.ts';

const stage = useStage();

test('a new password comes with its settings, and the window says when the phone has them', async () => {
  const { page, server } = stage;
  await somePhones(page, server);
  const made = withPassword(server);
  server.replies.set('POST /accounts/reception/rotate', [200, made]);
  server.replies.set('GET /accounts', [200, [account()]]);
  await page.getByRole('button', { name: 'New password for reception' }).click();
  await page.getByRole('button', { name: 'Make a new password' }).click();
  await page.getByRole('tab', { name: 'Linphone' }).click();
  await page.getByRole('img', { name: 'QR code' }).waitFor();
  await page.getByText(`${made.provisioning?.url}linphone.xml`).waitFor();
  await page.getByText('Waiting for the phone').waitFor();
  const fetched = { fetchedAt: '2026-11-22T09:00:00.000Z', fetchedBy: 'Linphone/5.2' };
  const device = {
    address: '192.0.2.9:5060',
    transport: 'udp',
    userAgent: 'Linphone/5.2',
  } as const;
  const registered = [{ ...device, expiresAt: '2026-11-22T10:00:00.000Z' }];
  const provisioning = { expiresAt: '2026-11-22T09:02:00.000Z', ...fetched };
  server.replies.set('GET /accounts', [200, [account({ registered, provisioning })]]);
  await page.getByText('Settings fetched by Linphone/5.2').waitFor(WAIT);
  await page.getByText('Registered: Linphone/5.2').waitFor();
});

test('the kinds of phones are gone through by the arrow keys; a file is saved here', async () => {
  const { page, server } = stage;
  await somePhones(page, server);
  server.replies.set('POST /accounts/reception/rotate', [200, withPassword(server)]);
  await page.getByRole('button', { name: 'New password for reception' }).click();
  await page.getByRole('button', { name: 'Make a new password' }).click();
  await page.getByRole('tab', { name: 'Any phone' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tabpanel', { name: 'Yealink' }).waitFor();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save yealink.cfg' }).click();
  const saved = await (await saving).createReadStream();
  const text = (await saved.toArray()).map(String).join('');
  expect(text).toContain('account.1.password = k3v5q2xw7abcdefghij2\n');
  await page.getByRole('tab', { name: 'Yealink' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('tabpanel', { name: 'baresip' }).waitFor();
});

test('a deleted phone is gone at once, and comes back by Undo', async () => {
  const { page, server } = stage;
  await somePhones(page, server);
  server.replies.set('DELETE /accounts/202', [204]);
  await page.getByRole('button', { name: 'Delete 202' }).click();
  await heard(server, 'DELETE', '/accounts/202');
  server.replies.set('POST /accounts/202/restore', [200, account({ username: '202' })]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await heard(server, 'POST', '/accounts/202/restore');
  await page.getByText('The phone “202” is back').waitFor();
});

test('a phone is given to a person', async () => {
  const { page, server } = stage;
  await somePhones(page, server);
  server.replies.set('PATCH /accounts/201', [200, account({ username: '201' })]);
  await page.getByRole('button', { name: 'Change 201' }).click();
  await page.getByLabel('Which person').selectOption(ADA.name);
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await heard(server, 'PATCH', '/accounts/201')).toEqual({
    name: 'Meeting room West',
    personId: ADA.id,
  });
});

test('the system says what is wrong first, and is looked at again by itself', async () => {
  const { page, server } = stage;
  await openSystem(page, server, TROUBLED);
  const first = page.getByRole('listitem').filter({ hasText: 'no microphone' });
  await first.getByText('Mend it').waitFor({ state: 'attached' });
  await row(page, 'takes no new rooms').waitFor();
  const view = { ...SYSTEM_FACTS, findings: systemFindings(SYSTEM_FACTS) };
  server.replies.set('GET /system', [200, view]);
  await page.getByText('All is well').waitFor(WAIT);
});

test('a FreeSWITCH is emptied after a question, and its rooms are moved where that is wanted', async () => {
  const { page, server } = stage;
  await openSystem(page, server, TROUBLED);
  server.replies.set('POST /nodes/10.0.0.5%3A8021/drain', [202, { ...TROUBLED.nodes[0] }]);
  await page.getByRole('button', { name: 'Empty 10.0.0.5:8021' }).click();
  await page.getByRole('button', { name: 'Move them now' }).click();
  expect(await heard(server, 'POST', '/nodes/10.0.0.5%3A8021/drain')).toEqual({ move: true });
  await page.getByRole('button', { name: 'Let it take rooms: 10.0.0.6:8021' }).click();
  await heard(server, 'POST', '/nodes/10.0.0.6%3A8021/undrain');
});

test('who may only look sees the system and no button that empties', async () => {
  const { page, server } = stage;
  openConsole(server);
  server.replies.set('GET /session', [
    200,
    { signedIn: true, role: 'observer', offers: { recording: true, callsToNumbers: true } },
  ]);
  server.replies.set('GET /system', [200, { ...TROUBLED, findings: systemFindings(TROUBLED) }]);
  await page.goto(`${server.url}/console#/system`);
  await page.getByRole('heading', { name: 'This process' }).waitFor();
  expect(await page.getByRole('button', { name: /^(Empty|Let) / }).count()).toBe(0);
});
