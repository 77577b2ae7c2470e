import { describe, expect, test } from 'vitest';
import { ADA, BEN, KEY, openAs } from './support/people-scenes.ts';
import { openConsole, SIGNED_IN, SIGNED_OUT } from './support/scenes.ts';
import { heard, useStage, WAIT } from './support/stage.ts';

const stage = useStage();

function problem(status: number, detail: string, field?: string) {
  return [status, { type: 'about:blank', title: 'No', status, detail, field }] as const;
}

async function tabs(): Promise<readonly string[]> {
  await stage.page.getByRole('navigation', { name: 'Places' }).waitFor(WAIT);
  return stage.page.getByRole('navigation', { name: 'Places' }).getByRole('link').allInnerTexts();
}

describe('signing in', { timeout: 60_000 }, () => {
  test('by name and password; one that was for one time is replaced on the way', async () => {
    const { page, server } = stage;
    server.replies.set('GET /session', [200, { signedIn: false, ways: { setup: false } }]);
    server.replies.set('POST /session', [...problem(409, 'Choose a new one.', 'newPassword')]);
    await page.goto(`${server.url}/console`);
    await page.getByLabel('Name you sign in with').fill('ben');
    await page.getByLabel('Password', { exact: true }).fill('abcde-fghij');
    await page.keyboard.press('Enter');
    await page.getByText('Choose a new one.').waitFor(WAIT);
    await page.getByLabel('New password').fill('a few words of mine');
    openAs(server, BEN);
    server.replies.set('POST /session', [
      200,
      { ...SIGNED_IN, role: 'moderator', personId: BEN.id },
    ]);
    await page.keyboard.press('Enter');
    expect(await tabs()).toEqual(['Meetings', 'API keys', 'You']);
    expect(server.last('POST')?.body).toEqual({
      login: 'ben',
      password: 'abcde-fghij',
      newPassword: 'a few words of mine',
    });
  });

  test('for the first time makes the first account with the admin key', async () => {
    const { page, server } = stage;
    server.replies.set('GET /session', [200, SIGNED_OUT]);
    server.replies.set('POST /setup', [...problem(400, 'The password must have 12.', 'password')]);
    await page.goto(`${server.url}/console`);
    await page.getByRole('button', { name: 'Make the first account' }).click();
    await page.getByLabel('Admin key').fill('the-key');
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Name you sign in with').fill(' Ada@Example.org');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.keyboard.press('Enter');
    await page.getByText('The password must have 12.').waitFor(WAIT);
    expect(await heard(server, 'POST', '/setup')).toEqual({
      key: 'the-key',
      name: 'Ada',
      login: 'ada@example.org',
      password: 'short',
    });
  });

  test('goes to the identity provider where there is one, and says why somebody came back', async () => {
    const { page, server } = stage;
    const ways = { setup: false, provider: 'the house' };
    server.replies.set('GET /session', [200, { signedIn: false, ways }]);
    await page.goto(`${server.url}/console?sign-in=not-let-in`);
    const link = page.getByRole('link', { name: 'Sign in with the house' });
    await link.waitFor(WAIT);
    expect(await link.getAttribute('href')).toBe('/oidc/sign-in');
    await page.getByText('not let in here').waitFor();
  });
});

describe('people', { timeout: 60_000 }, () => {
  test('are added with a role; the one-time password is shown once', async () => {
    const { page, server } = stage;
    openAs(server, ADA);
    const made = { ...BEN, oneTimePassword: 'abcde-fghij-klmno-pqrst' };
    server.replies.set('POST /people', [201, made]);
    await page.goto(`${server.url}/console#/people`);
    await page.getByRole('button', { name: 'Add somebody' }).click();
    await page.keyboard.type('Ben Okri');
    await page.getByLabel('Name they sign in with').fill('Ben');
    await page.getByLabel('Role').selectOption('participant');
    await page.keyboard.press('Enter');
    await page.getByText('abcde-fghij-klmno-pqrst').waitFor(WAIT);
    expect(await heard(server, 'POST', '/people')).toEqual({
      name: 'Ben Okri',
      login: 'ben',
      role: 'participant',
    });
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.getByText('abcde-fghij').count()).toBe(0);
  });

  test('are disabled, reset and deleted; nobody is offered that for themselves', async () => {
    const { page, server } = stage;
    openAs(server, ADA);
    server.replies.set(`PATCH /people/${BEN.id}`, [200, BEN]);
    server.replies.set(`DELETE /people/${BEN.id}`, [204]);
    server.replies.set(`POST /people/${BEN.id}/reset`, [200, { ...BEN, oneTimePassword: 'xyz' }]);
    await page.goto(`${server.url}/console#/people`);
    await page.getByRole('button', { name: 'Change Ben Okri' }).click(WAIT);
    await page.getByLabel('May sign in').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    const path = `/people/${BEN.id}`;
    expect(await heard(server, 'PATCH', path)).toMatchObject({ disabled: true, role: 'moderator' });
    await page.getByRole('button', { name: 'New password for Ben Okri' }).click();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByText('xyz').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Delete Ben Okri' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await heard(server, 'DELETE', path);
    expect(await page.getByRole('button', { name: 'Delete Ada Lovelace' }).count()).toBe(0);
  });

  test('who only look see who there is and no button', async () => {
    const { page, server } = stage;
    openAs(server, { ...ADA, role: 'observer' });
    await page.goto(`${server.url}/console#/people`);
    await page.getByText('Ben Okri').waitFor(WAIT);
    for (const name of ['Add somebody', 'Change Ben Okri', 'Delete Ben Okri'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
  });
});

describe('keys', { timeout: 60_000 }, () => {
  test('are made for what is ticked, shown once, and revoked', async () => {
    const { page, server } = stage;
    openAs(server, ADA);
    server.replies.set('POST /keys', [201, { ...KEY, key: 'plk_shown_once' }]);
    server.replies.set(`DELETE /keys/${KEY.id}`, [204]);
    await page.goto(`${server.url}/console#/keys`);
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.keyboard.type('Calendar');
    await page.getByLabel('Make, change and end meetings').check();
    await page.getByLabel('Good for').selectOption('ever');
    await page.getByRole('button', { name: 'Make', exact: true }).click();
    await page.getByText('plk_shown_once').waitFor(WAIT);
    expect(await heard(server, 'POST', '/keys')).toEqual({
      name: 'Calendar',
      scopes: ['meetings:read', 'meetings:write'],
    });
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Revoke Calendar' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await heard(server, 'DELETE', `/keys/${KEY.id}`);
  });
});

describe('oneself', { timeout: 60_000 }, () => {
  test('a participant finds their meetings and sessions, and asks for no feed', async () => {
    const { page, server } = stage;
    openAs(server, { ...BEN, role: 'participant' });
    server.replies.set('DELETE /me/sessions/s2', [204]);
    await page.goto(`${server.url}/console`);
    expect(await tabs()).toEqual(['You']);
    await page.getByText('Monday round').waitFor(WAIT);
    await page.getByRole('button', { name: 'Sign out 198.51.100.4' }).click();
    await heard(server, 'DELETE', '/me/sessions/s2');
    expect(await page.getByText('No connection to the server').count()).toBe(0);
  });

  test('a new password is refused with the field named, then taken', async () => {
    const { page, server } = stage;
    openAs(server, ADA);
    server.replies.set('POST /me/password', [...problem(401, 'It is another one.', 'password')]);
    await page.goto(`${server.url}/console#/me`);
    await page.getByRole('button', { name: 'Change password' }).click(WAIT);
    await page.getByLabel('Password you have now').fill('old');
    await page.getByLabel('New password').fill('a few words of mine');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByText('It is another one.').waitFor(WAIT);
    server.replies.set('POST /me/password', [200, SIGNED_IN]);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByText('Your password is changed').waitFor(WAIT);
  });

  test('whoever came by the admin key has no place of their own', async () => {
    openConsole(stage.server);
    await stage.page.goto(`${stage.server.url}/console#/me`);
    expect(await tabs()).not.toContain('You');
    await stage.page.getByRole('heading', { name: 'Meetings' }).waitFor();
  });
});
