import { describe, expect } from 'vitest';
import type { AlarmView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { callingOn } from '../support/calling.ts';
import { Dice } from '../support/dice.ts';
import { SWITCHES } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import type { Product } from '../support/product.ts';
import { SDP, SipPeer } from '../support/sip-peer.ts';

const CALLERS = 50;
const GUESSES_EACH = 100;
const MEETINGS = 20;

/** Somebody with many addresses tries codes as fast as calls are answered. The switch sees none of it. */
describe.skipIf(!has('sipp')).each(SWITCHES.slice(0, 1))('a hunt for codes', (engine) => {
  const calling = callingOn(engine);

  calling(
    '5,000 guesses from 50 callers at once find none of 20 meetings; true codes still work',
    { timeout: 120_000 },
    async ({ product, phones }) => {
      const meetings = await Promise.all(
        Array.from({ length: MEETINGS }, (_, n) => product.createMeeting({ name: `No. ${n}` })),
      );
      const codes = guesses(meetings);
      const startedAt = Date.now();
      const hunt = Promise.all(
        Array.from({ length: CALLERS }, (_, n) =>
          guess(product, `127.0.1.${n + 1}`, codes.slice(n * GUESSES_EACH, (n + 1) * GUESSES_EACH)),
        ),
      );

      // While it goes on, somebody new types the right code at once, and another dials it.
      const guest = await phones.sipp({ dialled: '7000', user: 'guest', host: '127.0.0.60' });
      await guest.press(`${meetings[0]?.codes.join}#`);
      await guest.ear.hears(['joining'], 30_000);
      const statuses = (await hunt).flat();
      console.log(`${statuses.length} guesses in ${Date.now() - startedAt} ms`);

      expect(statuses).toHaveLength(CALLERS * GUESSES_EACH);
      expect(new Set(statuses)).toEqual(new Set([404]));
      for (const [n, { codes: own }] of meetings.entries())
        expect(await guess(product, `127.0.2.${n + 1}`, [own.join])).toEqual([200]);
      // Whoever guessed gets nowhere with a true one either, and hears no more than that it is wrong.
      const guesser = await phones.sipp({ dialled: '7000', user: 'guesser', host: '127.0.1.1' });
      await guesser.press(`${meetings[1]?.codes.join}#`);
      await guesser.ear.hears(['wrong-code']);

      const alarms = await eventually('every limit is told', async () => {
        const list = await product.api<AlarmView[]>('GET', '/alarms');
        return list.filter(({ kind }) => kind === 'caller').length === CALLERS && list;
      });
      expect(alarms.filter(({ kind }) => kind === 'all')).toMatchObject([{ who: 'addresses' }]);
      const refused = alarms
        .filter(({ kind }) => kind === 'caller')
        .reduce((sum, { count }) => sum + count, 0);
      expect(refused).toBeGreaterThan(0.9 * CALLERS * GUESSES_EACH);
      expect(JSON.stringify(alarms)).not.toContain('127.0.1.1');
    },
  );
});

/** Dials one code after the other from one address; what each was answered. An answered call is ended. */
async function guess(
  product: Product,
  address: string,
  codes: readonly string[],
): Promise<number[]> {
  const peer = await SipPeer.udp(Number(product.sip.split(':')[1]), address);
  const statuses: number[] = [];
  for (const code of codes) {
    const uri = `sip:${code}@${product.sip}`;
    const invite = peer.send(peer.compose('INVITE', uri, { body: SDP(4000) }));
    const answer = await peer.response('INVITE', undefined, 30_000);
    const dialog = peer.ack(invite, answer);
    if (answer.status === 200) {
      peer.inDialog(dialog, 'BYE');
      await peer.response('BYE');
    }
    statuses.push(answer.status);
  }
  peer.close();
  return statuses;
}

/** Ten digits each that are no meeting's. */
function guesses(meetings: readonly MeetingView[]): readonly string[] {
  const taken = new Set(meetings.flatMap(({ codes }) => [codes.join, codes.moderator]));
  const dice = new Dice(7);
  return Array.from({ length: CALLERS * GUESSES_EACH }, () => {
    const code = `${1 + dice.below(9)}${String(dice.below(1e9)).padStart(9, '0')}`;
    return taken.has(code) ? '0000000000' : code;
  });
}
