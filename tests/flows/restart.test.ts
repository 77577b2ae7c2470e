import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AccountView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { Chromium } from '../support/chromium.ts';
import { personRow } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { Product, type PersonView } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { Talker } from '../support/talker.ts';

/** The main process dies, or is asked to stop; all on the embedded switch, which dies with it. */
const PEERS = has('baresip') && has('chromium');
/** They wait for processes that start and phones that call again: so they wait together. */
const TOGETHER = { timeout: 90_000, concurrent: true };

/** What a test starts is stopped when it is over, the last first. */
function owner(atTheEnd: (undo: () => Promise<void>) => void) {
  return <T extends { stop(): Promise<void> }>(thing: T): T => {
    atTheEnd(() => thing.stop());
    return thing;
  };
}

describe.skipIf(!PEERS)('after kill -9 of the whole program', TOGETHER, () => {
  test(
    'meetings, codes, accounts and the registration are there; phones hear that their call ended and join anew',
    TOGETHER,
    async ({ onTestFinished }) => {
      let product = await Product.start();
      onTestFinished(() => product.stop());
      const owned = owner(onTestFinished);
      const meeting = await product.createMeeting({ name: 'Durable', extension: '4711' });
      const account = await product.api<AccountView>('POST', '/accounts', {
        username: 'desk1',
        name: 'Reception desk',
      });
      const desk = owned(
        await Baresip.start({
          user: 'desk1',
          codec: 'PCMU',
          toneHz: 440,
          account: { server: product.sip, password: account.password ?? '' },
        }),
      );
      await desk.registered();
      await registration(product);
      await desk.dial(`sip:4711@${product.sip}`);
      await product.participantsWhen(meeting, 'the desk is in', (list) => list.length === 1);

      const diedAt = Date.now();
      product = await product.killAndRestart();
      const readyAfter = Date.now() - diedAt;
      await desk.waitFor('CALL_CLOSED', 5000);
      expect(await product.participants(meeting)).toEqual([]);
      expect(await product.api<MeetingView>('GET', `/meetings/${meeting.id}`)).toEqual({
        ...meeting,
        participants: 0,
      });
      expect(await registration(product)).toHaveLength(1);

      const phone = owned(
        await Baresip.start({ user: 'kim', name: 'Kim', codec: 'PCMU', toneHz: 900 }),
      );
      const dialledAt = Date.now();
      await phone.dial(`sip:${meeting.codes.join}@${product.sip}`);
      const answeredAfter = Date.now() - dialledAt;
      const [kim] = await product.participantsWhen(meeting, 'Kim', (list) => list.length === 1);
      expect(kim?.name).toBe('Kim');
      console.log(`ready again after ${readyAfter} ms, a phone in after ${answeredAfter} ms more`);
      await desk.dial(`sip:4711@${product.sip}`);
      await product.participantsWhen(meeting, 'the desk too', (list) => list.length === 2);
    },
  );

  test(
    'a browser comes back by itself: the same person, muted as before',
    TOGETHER,
    async ({ onTestFinished }) => {
      let product = await Product.start();
      onTestFinished(() => product.stop());
      const owned = owner(onTestFinished);
      const meeting = await product.createMeeting();
      const chromium = owned(await Chromium.start(1600));
      const page = await SoftphonePage.join(chromium, meeting.joinUrl, 'Carla');
      const before = await only(product, meeting, 'Carla', () => true);
      await page.page.keyboard.press('m');
      await only(product, meeting, 'Carla is muted', ({ muted }) => muted);

      const diedAt = Date.now();
      product = await product.killAndRestart();
      const readyAfter = Date.now() - diedAt;
      const back = await only(product, meeting, 'Carla is back', () => true);
      const backAfter = Date.now() - diedAt;
      await only(product, meeting, 'Carla is muted again', ({ muted }) => muted);
      console.log(`ready after ${readyAfter} ms, the browser is back after ${backAfter} ms`);
      expect(back).toMatchObject({ name: 'Carla', personId: before.personId, via: 'browser' });
      expect(back.id).not.toBe(before.id);
      // The key turns over what the page shows, so it must have heard first.
      await personRow(page.page, 'Carla').locator('.state-muted').waitFor();
      await page.page.keyboard.press('m');
      await only(
        product,
        meeting,
        'Carla unmutes herself',
        ({ muted, talking }) => !muted && talking,
      );
    },
  );
});

describe('SIGTERM', TOGETHER, () => {
  test(
    'ends calls with BYE, takes no new ones and is over with code 0 within 5 s',
    TOGETHER,
    async () => {
      const product = await Product.start();
      const meeting = await product.createMeeting();
      const talkers = await Promise.all(
        ['anna', 'bert'].map((user) => Talker.dial(product.sip, meeting.codes.join, user)),
      );
      await product.participantsWhen(meeting, 'two are in', (list) => list.length === 2);
      const feed = await openFeed(product);
      const slow = await slowUpload(product);
      const askedAt = Date.now();
      const exit = product.terminate();
      await once(feed, 'close');
      const late = await Talker.dial(product.sip, meeting.codes.join, 'late');
      const code = await exit;
      const tookMs = Date.now() - askedAt;
      await eventually('both hear BYE', () => talkers.every(({ byeAtMs }) => byeAtMs), 2000);
      console.log(
        `SIGTERM to exit ${tookMs} ms; BYE after ${(talkers[0]?.byeAtMs ?? 0) - askedAt} ms`,
      );
      expect(late.status).toBe(503);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(5000);
      for (const talker of [...talkers, late]) talker.close();
      slow.destroy();
      await product.stop();
    },
  );
});

async function openFeed(product: Product): Promise<WebSocket> {
  const feed = new WebSocket(`${product.url.replace('http', 'ws')}/api/v1/events`, [
    'partyline.v1',
    `bearer.${product.adminKey}`,
  ]);
  await once(feed, 'open');
  return feed;
}

/** A request whose body never comes: what is asked to stop lets it finish for a while. */
async function slowUpload(product: Product): Promise<Socket> {
  const socket = connect(Number(new URL(product.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const head = [
    'POST /api/v1/session HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
  ];
  socket.write(`${head.join('\r\n')}\r\nContent-Length: 100\r\n\r\n{`);
  return socket;
}

async function registration(product: Product): Promise<AccountView['registered']> {
  return eventually('the desk is registered', async () => {
    const [view] = await product.api<AccountView[]>('GET', '/accounts');
    return view?.registered.length === 1 ? view.registered : undefined;
  });
}

/** Waits until exactly one person is listed, and is as wanted. */
async function only(
  product: Product,
  meeting: MeetingView,
  what: string,
  wanted: (person: PersonView) => boolean,
): Promise<PersonView> {
  const isIt = (people: readonly PersonView[]): boolean =>
    people.length === 1 && people.every(wanted);
  const [person] = await product.participantsWhen(meeting, what, isIt, 30_000);
  return person as PersonView;
}
