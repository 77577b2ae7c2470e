import { createHash } from 'node:crypto';
import { encode } from 'node:querystring';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AccountView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { named, parseXml } from '../support/bigbluebutton.ts';
import type { XmlNode } from '../support/bigbluebutton.ts';
import { eventually } from '../support/eventually.ts';
import { Phones } from '../support/phones.ts';
import { Product } from '../support/product.ts';
import { SipCaller } from '../support/sip-caller.ts';

const SECRET = 'a-secret-that-only-this-flow-knows';

let product: Product;
const phones = new Phones();
beforeAll(async () => {
  product = await Product.start({ BBB_SECRET: SECRET });
}, 60_000);
afterEach(() => phones.stopAll());
afterAll(() => product?.stop());

async function call(name: string, params: Record<string, string>): Promise<XmlNode> {
  const query = encode(params);
  const checksum = createHash('sha256').update(`${name}${query}${SECRET}`).digest('hex');
  const url = `${product.url}/bigbluebutton/api/${name}?${query}&checksum=${checksum}`;
  return parseXml(await (await fetch(url)).text());
}

const textAt = (node: XmlNode | undefined, name: string) =>
  node === undefined ? undefined : named(node, name)[0]?.text;

/** Attendees, once there are so many. */
const attendees = (count: number) =>
  eventually(`${count} in getMeetingInfo`, async () => {
    const info = await call('getMeetingInfo', { meetingID: 'flow' });
    if (textAt(info, 'participantCount') !== String(count)) return undefined;
    return named(info, 'attendees').flatMap((list) => named(list, 'attendee'));
  });

test.skipIf(!has('baresip'))(
  'a desk phone dials the voice bridge, a caller the code, and clients see both until they end it',
  { timeout: 60_000 },
  async () => {
    const params = { name: 'Flow', meetingID: 'flow', voiceBridge: '71296', muteOnStart: 'true' };
    const made = await call('create', params);
    expect(textAt(made, 'voiceBridge')).toBe('71296');
    const account = await product.api<AccountView>('POST', '/accounts', {
      username: 'desk1',
      name: 'Reception desk',
    });
    const caller = await SipCaller.open({ server: product.sip, user: 'grace' });
    try {
      expect((await caller.call(textAt(made, 'dialInCode') ?? '')).status).toBe(200);
      await attendees(1);
      const desk = await phones.start({
        user: 'desk1',
        codec: 'PCMU',
        toneHz: 620,
        account: { server: product.sip, password: account.password ?? '' },
      });
      await eventually('the desk is registered', async () => {
        const [view] = await product.api<AccountView[]>('GET', '/accounts');
        return view?.registered.length === 1;
      });
      await desk.dial(`sip:71296@${product.sip}`);
      const people = await attendees(2);
      expect(people.map((each) => textAt(each, 'fullName'))).toContain('Reception desk');
      for (const person of people) {
        const seen = ['isDialIn', 'hasJoinedVoice', 'isMuted', 'role', 'clientType'];
        expect(seen.map((name) => textAt(person, name))).toEqual([
          ...['true', 'true', 'true', 'VIEWER', 'DIAL-IN'],
        ]);
      }
      const running = await call('isMeetingRunning', { meetingID: 'flow' });
      expect(textAt(running, 'running')).toBe('true');

      await call('end', { meetingID: 'flow' });
      await caller.ended;
      await desk.waitFor('CALL_CLOSED');
      await attendees(0);
      const info = await call('getMeetingInfo', { meetingID: 'flow' });
      expect(textAt(info, 'hasBeenForciblyEnded')).toBe('true');
    } finally {
      caller.close();
    }
  },
);
