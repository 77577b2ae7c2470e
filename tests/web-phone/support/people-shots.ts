import { ADA, BEN, openAs } from './people-scenes.ts';
import { SIGNED_OUT } from './scenes.ts';
import type { Shot } from './shot.ts';

const WAYS = { setup: false, provider: 'the house' };

/** Accounts, keys, and the ways in. */
export const PEOPLE_SHOTS: readonly Shot[] = [
  {
    name: 'people-sign-in',
    play: async (page, server) => {
      server.replies.set('GET /session', [200, { signedIn: false, ways: WAYS }]);
      await page.goto(`${server.url}/console`);
      await page.getByLabel('Password', { exact: true }).waitFor();
    },
  },
  {
    name: 'people-first-account',
    play: async (page, server) => {
      server.replies.set('GET /session', [200, SIGNED_OUT]);
      await page.goto(`${server.url}/console`);
      await page.getByRole('button', { name: 'Make the first account' }).click();
      await page.getByLabel('Your name').waitFor();
    },
  },
  {
    name: 'people-list',
    play: async (page, server) => {
      openAs(server, ADA);
      await page.goto(`${server.url}/console#/people`);
      await page.getByText('Ben Okri').waitFor();
    },
  },
  {
    name: 'people-change',
    whole: false,
    play: async (page, server) => {
      openAs(server, ADA);
      await page.goto(`${server.url}/console#/people`);
      await page.getByRole('button', { name: 'Change Ben Okri' }).click();
      await page.getByLabel('May sign in').waitFor();
    },
  },
  {
    name: 'people-keys',
    play: async (page, server) => {
      openAs(server, ADA);
      await page.goto(`${server.url}/console#/keys`);
      await page.getByText('Calendar').waitFor();
    },
  },
  {
    name: 'people-add-key',
    whole: false,
    play: async (page, server) => {
      openAs(server, ADA);
      await page.goto(`${server.url}/console#/keys`);
      await page.getByRole('button', { name: 'Make a key' }).click();
      await page.getByLabel('Which program').waitFor();
    },
  },
  {
    name: 'people-me',
    play: async (page, server) => {
      openAs(server, { ...BEN, role: 'participant' });
      await page.goto(`${server.url}/console`);
      await page.getByText('Monday round').waitFor();
    },
  },
];
