import { describe, expect } from 'vitest';
import type { BanView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { callingOn } from '../support/calling.ts';
import { SWITCHES } from '../support/engines.ts';
import { KEYPADS } from '../support/keypad-phone.ts';
import { statusOf } from '../support/phones.ts';
import type { Product } from '../support/product.ts';

const LONG = { timeout: 60_000 };
const PEERS = has('baresip') && has('sipp');

/** Who is sent out hears why, and who is banned stays out. */
describe.skipIf(!PEERS).each(SWITCHES)('sent out on $engine', (engine) => {
  const calling = callingOn(engine);

  calling.concurrent.for(KEYPADS)(
    'removed: told so (%s)',
    LONG,
    async (keypad, { product, phones }) => {
      const meeting = await product.createMeeting();
      const phone = await phones.call(keypad, { dialled: meeting.codes.join, user: 'anna' });
      await remove(product, meeting, '');
      await phone.ear.hearsSaying({ kind: 'removed' });
      await phone.over();
      expect(await product.participants(meeting)).toEqual([]);
      const again = await phones.sipp({ dialled: '7000', user: 'anna' });
      await again.press(`${meeting.codes.join}#`);
      await again.ear.hears(['joining']);
    },
  );

  calling.concurrent('banned: told so, then and later', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting();
    const caller = { dialled: '7000', user: '0301234567', name: 'Mallory' };
    const phone = await phones.sipp(caller);
    await phone.press(`${meeting.codes.join}#`);
    await phone.ear.hears(['joining']);
    await remove(product, meeting, '?ban=true');
    await phone.ear.hearsSaying({ kind: 'removed-and-banned' });
    await phone.over();

    const again = await phones.sipp(caller);
    await again.press(`${meeting.codes.join}#`);
    await again.ear.hearsSaying({ kind: 'banned' });
    await again.over();
    expect(await statusOf(product, meeting.codes.join)).toBe(200);

    const [ban] = await product.api<BanView[]>('GET', `/meetings/${meeting.id}/bans`);
    expect(ban?.name).toBe('Mallory');
    await product.api('DELETE', `/meetings/${meeting.id}/bans/${ban?.id}`);
    const forgiven = await phones.sipp(caller);
    await forgiven.press(`${meeting.codes.join}#`);
    await forgiven.ear.hears(['joining']);
  });

  calling.concurrent('the meeting is over for all inside', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ entrySounds: 'none' });
    const call = (user: string) => phones.baresip({ dialled: meeting.codes.join, user });
    const both = await Promise.all([call('anna'), call('bert')]);
    await product.participantsWhen(meeting, 'both', ({ length }) => length === 2);
    await product.api('POST', `/meetings/${meeting.id}/end`);
    for (const phone of both) {
      await phone.ear.hearsSaying({ kind: 'meeting-over' });
      await phone.over();
    }
  });
});

async function remove(product: Product, meeting: MeetingView, query: string): Promise<void> {
  const [row] = await product.participantsWhen(meeting, 'one', ({ length }) => length === 1);
  await product.api('DELETE', `/meetings/${meeting.id}/participants/${row?.id}${query}`);
}
