import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import type { Baresip } from '../support/baresip.ts';
import { heard } from '../support/ear.ts';
import { eventually } from '../support/eventually.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { Phones } from '../support/phones.ts';
import type { PersonView, Product } from '../support/product.ts';
import { RtpPeer } from '../support/rtp-peer.ts';
import { Sipp } from '../support/sipp.ts';

const SIPP_HZ = 620;
const DESK_HZ = 1040;
/** They mostly wait for speech: so they wait together. */
const LONG = { timeout: 90_000, concurrent: true };

/** The other ways to come in: over TCP, with an account, through the reception. */
const PEERS = has('baresip') && has('sipp');

describe.skipIf(!PEERS).each(ENGINES)('ways in on $engine', (engine) => {
  let stage: Stage;
  let product: Product;
  beforeAll(async () => {
    stage = await engine.start();
    product = stage.product;
  }, 90_000);

  afterAll(() => stage?.stop());

  const ownPhones = (atTheEnd: (undo: () => Promise<void>) => void): Phones => {
    const phones = new Phones();
    atTheEnd(() => phones.stopAll());
    return phones;
  };

  test(
    'sipp over TCP and a registered phone by extension hear each other',
    LONG,
    async ({ onTestFinished }) => {
      const phones = ownPhones(onTestFinished);
      const meeting = await product.createMeeting({ name: 'By extension', extension: '4711' });
      const account = await product.api<AccountView>('POST', '/accounts', {
        username: 'desk1',
        name: 'Reception desk',
      });
      const media = await RtpPeer.open({ toneHz: SIPP_HZ });
      const sipp = new Sipp({
        server: product.sip,
        dialled: meeting.codes.join,
        transport: 'tcp',
        calls: 1,
        callsPerSecond: 1,
        holdMs: 60_000,
        media: { address: '127.0.0.1', port: media.port },
      });
      try {
        media.sendTo(sdpAt(await sipp.mediaPort()));
        media.speak();
        const desk = await phones.start({
          user: 'desk1',
          codec: 'PCMA',
          toneHz: DESK_HZ,
          account: { server: product.sip, password: account.password ?? '' },
        });
        await eventually('the desk is registered', async () => {
          const [view] = await product.api<AccountView[]>('GET', '/accounts');
          return view?.registered.length === 1;
        });
        await desk.dial(`sip:4711@${product.sip}`);
        await desk.hear(500);
        expect(heard(await desk.hear(1000), desk.rateHz, [SIPP_HZ, DESK_HZ])).toEqual([SIPP_HZ]);
        await media.hearsOnly(DESK_HZ);
        const people = await everybodyTalks(product, meeting, 2);
        const deskRow = people.find(({ name }) => name === 'Reception desk');
        await product.api('PATCH', `/meetings/${meeting.id}/participants/${deskRow?.id}`, {
          muted: true,
        });
        await media.hearsOnly();
        const sippRow = people.find(({ id }) => id !== deskRow?.id);
        await product.api('DELETE', `/meetings/${meeting.id}/participants/${sippRow?.id}`);
        expect((await sipp.finish()).exitCode).toBe(0);
        await product.participantsWhen(
          meeting,
          'only the desk is left',
          (list) => list.length === 1,
        );
      } finally {
        await sipp.stop();
        media.close();
      }
    },
  );

  test('the reception takes the code from the keypad', LONG, async ({ onTestFinished }) => {
    const phones = ownPhones(onTestFinished);
    const meeting = await product.createMeeting({ name: 'By keypad' });
    const caller = await phones.start({
      user: 'caller',
      name: 'Kim',
      codec: 'PCMU',
      toneHz: DESK_HZ,
    });
    await caller.dial(`sip:7000@${product.sip}`);
    caller.press(`${meeting.codes.moderator}#`);
    const [kim] = await product.participantsWhen(
      meeting,
      'Kim is in',
      (list) => list.length === 1,
      30_000,
    );
    expect(kim).toMatchObject({ name: 'Kim', role: 'moderator', via: 'phone' });
  });

  test('three wrong codes end the call', LONG, async ({ onTestFinished }) => {
    const phones = ownPhones(onTestFinished);
    const caller = await phones.start({ user: 'guess', codec: 'PCMU', toneHz: DESK_HZ });
    await caller.dial(`sip:7000@${product.sip}`);
    for (const code of ['1111111111#', '2222222222#']) {
      caller.press(code);
      // The next try is asked for aloud: its prompt is over when the line is quiet again.
      await untilQuiet(caller);
    }
    caller.press('3333333333#');
    await caller.waitFor('CALL_CLOSED', 30_000);
  });
});

function sdpAt(port: number): string {
  const head = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
  return [...head, `m=audio ${port} RTP/AVP 0`, ''].join('\r\n');
}

function everybodyTalks(
  product: Product,
  meeting: MeetingView,
  count: number,
): Promise<PersonView[]> {
  return product.participantsWhen(
    meeting,
    `${count} people talk`,
    (list) => list.length === count && list.every(({ talking }) => talking),
  );
}

/** Waits for half a second without a voice. */
async function untilQuiet(caller: Baresip): Promise<void> {
  for (let spoken = true; spoken;) {
    const pcm = await caller.hear(500);
    spoken = pcm.some((sample) => Math.abs(sample) > 1000);
  }
}
