import { describe, expect } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { callingOn } from '../support/calling.ts';
import { SWITCHES } from '../support/engines.ts';
import type { PersonView, Product } from '../support/product.ts';

const LONG = { timeout: 60_000 };
const PEERS = has('baresip') && has('sipp');

/** Callers who wait to be let in, and moderators who have only a phone. */
describe.skipIf(!PEERS).each(SWITCHES)('the lobby on $engine', (engine) => {
  const calling = callingOn(engine);

  calling.concurrent('places, music, and in by *8', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ lobby: true, muteOnEntry: true });
    const host = await phones.baresip({ dialled: meeting.codes.moderator, user: 'host' });
    await product.participantsWhen(meeting, 'the host', ({ length }) => length === 1);
    const call = (user: string) => phones.sipp({ dialled: meeting.codes.join, user });
    const one = await call('one');
    await product.participantsWhen(meeting, 'the first', ({ length }) => length === 2);
    const two = await call('two');
    await one.ear.hears(['lobby', 'your-place', 'number-1', 'hold-music']);
    await two.ear.hears(['lobby', 'your-place', 'number-2', 'hold-music']);
    await host.press('*8');
    await host.ear.hearsSaying({ kind: 'admitted-next', left: 1 });
    await two.press('1');
    await two.ear.hears(['your-place', 'number-1', 'hold-music']);
    await host.press('*8');
    await host.ear.hearsSaying({ kind: 'admitted-next', left: 0 });
    // The meeting's rule holds for those let in, too.
    await one.ear.hearsSaying({ kind: 'joining-muted' });
    await two.ear.hearsSaying({ kind: 'joining-muted' });
    const people = await product.participantsWhen(meeting, 'three inside', allJoined(3));
    expect(people.filter(({ muted }) => muted)).toHaveLength(2);
  });

  calling.concurrent('a moderator hears who waits', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ lobby: true });
    const host = await phones.baresip({ dialled: meeting.codes.moderator, user: 'host' });
    await product.participantsWhen(meeting, 'the host', ({ length }) => length === 1);
    await phones.sipp({ dialled: meeting.codes.join, user: 'one' });
    await host.ear.hears(['one-waits', 'press-to-let-in']);
    const two = await phones.sipp({ dialled: '7000', user: 'two' });
    await two.press(`${meeting.codes.join}#`);
    await two.ear.hears(['lobby', 'your-place', 'number-2']);
    await host.ear.hearsSaying({ kind: 'someone-waits', count: 2 });
    await host.press('*3');
    await host.ear.hears(['alone', 'number-2', 'several-wait']);
  });

  calling.concurrent(
    'one let in by a program, one sent away',
    LONG,
    async ({ product, phones }) => {
      const meeting = await product.createMeeting({ lobby: true });
      const call = (user: string) => phones.baresip({ dialled: meeting.codes.join, user });
      const [anna, bert] = await Promise.all([call('anna'), call('bert')]);
      await Promise.all([anna, bert].map(({ ear }) => ear.hears(['lobby', 'hold-music'])));
      const people = await product.participants(meeting);
      expect(people.map(({ state }) => state)).toEqual(['lobby', 'lobby']);
      const decide = (user: string, admitted: boolean) =>
        product.api('PATCH', `/meetings/${meeting.id}/participants/${idOf(people, user)}`, {
          admitted,
        });
      await decide('anna', true);
      await anna.ear.hears(['admitted', 'alone']);
      await decide('bert', false);
      await bert.ear.hearsSaying({ kind: 'refused' });
      await bert.over();
      const left = await product.participantsWhen(meeting, 'one is left', allJoined(1));
      expect(left.map(({ number }) => number)).toEqual(['anna']);
    },
  );

  calling.concurrent('all let in at once; all sent away', LONG, async ({ product, phones }) => {
    const meetings = [
      await product.createMeeting({ lobby: true }),
      await product.createMeeting({ lobby: true }),
    ] as const;
    const call = (meeting: MeetingView, user: string) =>
      phones.sipp({ dialled: meeting.codes.join, user });
    const [welcome, unwelcome] = await Promise.all(
      meetings.map((meeting) => Promise.all(['one', 'two'].map((user) => call(meeting, user)))),
    );
    const all = [...(welcome ?? []), ...(unwelcome ?? [])];
    await Promise.all(all.map(({ ear }) => ear.hears(['lobby', 'hold-music'])));
    await decideAll(product, meetings[0], 'admit');
    await decideAll(product, meetings[1], 'refuse');
    await Promise.all((welcome ?? []).map(({ ear }) => ear.hears(['admitted'])));
    await Promise.all(
      (unwelcome ?? []).map(async (phone) => {
        await phone.ear.hears(['goodbye']);
        await phone.over();
      }),
    );
    await product.participantsWhen(meetings[0], 'both inside', allJoined(2));
    await product.participantsWhen(meetings[1], 'nobody', ({ length }) => length === 0);
  });

  calling.concurrent('the meeting ends over those who wait', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ lobby: true });
    const phone = await phones.sipp({ dialled: meeting.codes.join, user: 'anna' });
    await phone.ear.hears(['lobby', 'hold-music']);
    await product.api('POST', `/meetings/${meeting.id}/end`);
    await phone.ear.hears(['goodbye']);
    await phone.over();
  });
});

function allJoined(count: number): (people: readonly PersonView[]) => boolean {
  return (people) => people.length === count && people.every(({ state }) => state === 'joined');
}

function idOf(people: readonly PersonView[], number: string): string {
  return people.find((person) => person.number === number)?.id ?? '';
}

function decideAll(product: Product, { id }: MeetingView, action: 'admit' | 'refuse') {
  return product.api('POST', `/meetings/${id}/lobby`, { action });
}
