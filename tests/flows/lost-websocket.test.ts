import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Chromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { Product } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

/** A browser's connections break while its page lives on. */
describe.skipIf(!has('chromium'))('a browser whose WebSocket breaks', () => {
  let product: Product;
  let meeting: MeetingView;
  let line: TcpProxy;
  let browser: Chromium;
  let carla: SoftphonePage;

  beforeAll(async () => {
    const port = await freePort();
    line = await TcpProxy.to(port);
    const settings = { HTTP_PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${line.port}` };
    product = await Product.start(settings);
    meeting = await product.createMeeting();
    browser = await Chromium.start(900);
    carla = await SoftphonePage.join(browser, meeting.joinUrl, 'Carla');
  }, 60_000);

  afterAll(async () => {
    await browser?.stop();
    await product?.stop();
    await line?.close();
  });

  test('its leg leaves the list within 3 seconds, and it comes back by itself', async () => {
    const [before] = await product.participantsWhen(
      meeting,
      'Carla is in',
      (list) => list.length === 1,
    );
    line.cut();
    line.mend();
    await product.participantsWhen(
      meeting,
      'the broken leg left',
      (list) => list.every(({ id }) => id !== before?.id),
      3000,
    );
    const people = await product.participantsWhen(
      meeting,
      'Carla is back',
      (list) => list.length > 0,
      20_000,
    );
    expect(people).toMatchObject([{ name: 'Carla', via: 'browser' }]);
    await carla.page.getByText('Getting you back').waitFor({ state: 'detached' });
  }, 60_000);
});
