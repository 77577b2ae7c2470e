import { describe, expect, vi } from 'vitest';
import type { MeetingView, SoftphoneGrant } from '../../protocol/http/views.ts';
import type { Clip } from '../../protocol/speech/clip.ts';
import { has } from '../runner/programs.ts';
import { callingOn } from '../support/calling.ts';
import type { CallingTest } from '../support/calling.ts';
import { SWITCHES } from '../support/engines.ts';
import { KEYPADS } from '../support/keypad-phone.ts';
import type { PersonView, Product } from '../support/product.ts';

// Single callers, no browser beside them: more may be on the line than elsewhere.
vi.setConfig({ maxConcurrency: 8 });

const LONG = { timeout: 60_000 };
const PEERS = has('baresip') && has('sipp');

type Keys = readonly (readonly [keys: string, words: readonly Clip[]])[];

/** What a participant presses, and what they hear. */
const ABOUT_ONESELF: Keys = [
  ['*6', ['muted']],
  ['*6', ['unmuted']],
  ['*5', ['hand-up', 'your-place', 'number-1']],
  ['*9', ['hand-down']],
  ['*3', ['there-are', 'number-2', 'people-here']],
];
const FOR_HELP: Keys = [
  ['*0', ['help-asked']],
  ['*8', ['moderators-only']],
  ['*#', ['unknown-key']],
  ['*1', ['help']],
];
const PRESSED = KEYPADS.flatMap((keypad) => [
  { keypad, about: 'oneself', keys: ABOUT_ONESELF, then: { muted: false, hand: false } },
  { keypad, about: 'help', keys: FOR_HELP, then: { wantsHelp: true } },
]);

/** Keys in the meeting, by phones whose audio says what they brought about. */
describe.skipIf(!PEERS).each(SWITCHES)('the keypad in a meeting on $engine', (engine) => {
  const calling = callingOn(engine, { RECORDING: 'on' });
  participants(calling);
  moderators(calling);
  microphones(calling);
});

function participants(calling: CallingTest): void {
  calling.concurrent.for(PRESSED)(
    'a participant’s about $about, by $keypad',
    LONG,
    async ({ keypad, keys, then }, { product, phones }) => {
      const meeting = await product.createMeeting({ entrySounds: 'none' });
      const host = await phones.sipp({ dialled: meeting.codes.moderator, user: 'host' });
      const phone = await phones.call(keypad, { dialled: meeting.codes.join, user: 'anna' });
      await inside(product, meeting, 2);
      for (const [pressed, words] of keys) {
        await phone.press(pressed);
        await phone.ear.hears(words);
      }
      expect(await row(product, meeting, 'anna')).toMatchObject(then);
      expect(host.ear.heard).toEqual([]);
    },
  );

  calling.concurrent('hands go up in their order', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ entrySounds: 'none' });
    const call = (user: string) => phones.sipp({ dialled: meeting.codes.join, user });
    const [one, two] = await Promise.all([call('one'), call('two')]);
    await inside(product, meeting, 2);
    await one.press('*5');
    await one.ear.hearsSaying({ kind: 'hand-up', place: 1 });
    await two.press('*9');
    await two.ear.hearsSaying({ kind: 'hand-up', place: 2 });
    const { id } = await row(product, meeting, 'one');
    await product.api('PATCH', `/meetings/${meeting.id}/participants/${id}`, { hand: false });
    await one.ear.hears(['hand-lowered']);
  });
}

function moderators(calling: CallingTest): void {
  calling.concurrent('a moderator’s: mute all, lock, record', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ entrySounds: 'none' });
    const host = await phones.baresip({ dialled: meeting.codes.moderator, user: 'host' });
    const phone = await phones.sipp({ dialled: meeting.codes.join, user: 'anna' });
    await inside(product, meeting, 2);
    const press = async (keys: string, ...words: readonly Clip[]): Promise<void> => {
      await host.press(keys);
      await host.ear.hears(words);
    };
    await press('*4', 'all-muted');
    await phone.ear.hears(['muted-by-moderator']);
    await press('*4', 'all-unmuted');
    await phone.ear.hears(['unmuted-by-moderator']);
    await press('*7', 'locked');
    const view = await product.api<MeetingView>('GET', `/meetings/${meeting.id}`);
    expect(view.participants).toBe(2);
    await press('*7', 'unlocked');
    await press('*8', 'nobody-waits');
    await press('*2', 'recording-on');
    await phone.ear.hears(['recording-on']);
    await press('*2', 'recording-off');
  });

  calling.concurrent('a moderator’s help', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ entrySounds: 'none' });
    const host = await phones.sipp({ dialled: meeting.codes.moderator, user: 'host' });
    await inside(product, meeting, 1);
    await host.press('*1');
    await host.ear.hearsSaying({ kind: 'help-moderator' });
  });
}

function microphones(calling: CallingTest): void {
  calling.concurrent('who talks while muted is told so', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting();
    const phone = await phones.sipp({ dialled: meeting.codes.join, user: 'anna' });
    await inside(product, meeting, 1);
    await phone.press('*6');
    await phone.ear.hears(['muted']);
    phone.speak();
    await phone.ear.hearsSaying({ kind: 'talking-while-muted' });
    phone.hush();
    await phone.press('*6');
    await phone.ear.hears(['unmuted']);
  });

  calling.concurrent('who may not unmute hears why', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ unmuteSelf: false, muteOnEntry: true });
    const phone = await phones.sipp({ dialled: meeting.codes.join, user: 'anna' });
    await phone.ear.hears(['only-moderator-unmutes', 'press-to-raise-hand']);
    await phone.press('*6');
    await phone.ear.hearsSaying({ kind: 'may-not-unmute' });
    expect((await row(product, meeting, 'anna')).muted).toBe(true);
  });

  calling.concurrent('a moderator asks, the caller opens', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ unmuteSelf: false });
    const phone = await phones.baresip({ dialled: meeting.codes.join, user: 'anna' });
    await inside(product, meeting, 1);
    await phone.press('*6');
    await phone.ear.hears(['muted']);
    const { id } = await row(product, meeting, 'anna');
    await asModerator(product, meeting, `participants/${id}`, { muted: false });
    await phone.ear.hearsSaying({ kind: 'asked-to-unmute' });
    expect(await row(product, meeting, 'anna')).toMatchObject({ muted: true });
    await phone.press('*6');
    await phone.ear.hears(['unmuted']);
    await product.participantsWhen(meeting, 'heard', ([anna]) => anna?.muted === false);
  });
}

function inside(product: Product, meeting: MeetingView, count: number): Promise<PersonView[]> {
  const all = (list: readonly PersonView[]) =>
    list.length === count && list.every(({ state }) => state === 'joined');
  return product.participantsWhen(meeting, `${count} inside`, all);
}

/** The row of a phone by what its number is shown as. */
async function row(product: Product, meeting: MeetingView, number: string): Promise<PersonView> {
  const people = await product.participants(meeting);
  const found = people.find((person) => person.number === number);
  if (found === undefined) throw new Error(`${number} is not in the list`);
  return found;
}

/** Somebody who came by the moderators’ link, not the program that may do all. */
async function asModerator(
  product: Product,
  meeting: MeetingView,
  path: string,
  change: object,
): Promise<void> {
  const ticket = meeting.moderatorUrl.split('/join/')[1] ?? '';
  const grant = await product.api<SoftphoneGrant>('POST', `/tickets/${ticket}/softphone`, {
    name: 'Mona',
  });
  const response = await fetch(`${product.url}/api/v1/meetings/${meeting.id}/${path}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${grant.feedToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(change),
  });
  expect(response.status).toBe(202);
}
