import { describe, expect, vi } from 'vitest';
import { has } from '../runner/programs.ts';
import { callingOn } from '../support/calling.ts';
import type { CallingTest } from '../support/calling.ts';
import { SWITCHES } from '../support/engines.ts';
import { KEYPADS } from '../support/keypad-phone.ts';
import type { KeypadPhones, SippOptions, SpeakingPhone } from '../support/keypad-phone.ts';
import { Talker } from '../support/talker.ts';

// Single callers, no browser beside them: more may be on the line than elsewhere.
vi.setConfig({ maxConcurrency: 8 });

const LONG = { timeout: 60_000 };
const PEERS = has('baresip') && has('sipp');

/** What callers of the reception hear, known by the recordings in their audio. */
describe.skipIf(!PEERS).each(SWITCHES)('the reception on $engine', (engine) => {
  const calling = callingOn(engine, { DIAL_IN_NUMBERS: '7000,Deutsch=7001;lang=de' });
  codes(calling);
  names(calling);
  doors(calling);
});

/** A call that typed this code over the greeting. */
async function typed(
  phones: KeypadPhones,
  code: string,
  options: Partial<SippOptions> = {},
): Promise<SpeakingPhone> {
  const phone = await phones.sipp({ dialled: '7000', user: 'guest', ...options });
  await phone.press(`${code}#`);
  return phone;
}

/** How a code is given. */
function codes(calling: CallingTest): void {
  calling.concurrent('a silence costs a try', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting();
    const phone = await phones.sipp({ dialled: '7000', user: 'slow' });
    await phone.ear.hears(['welcome-enter-code', 'enter-code-again'], 30_000);
    await phone.press(`${meeting.codes.join}#`);
    await phone.ear.hears(['joining', 'alone']);
  });

  calling.concurrent('three wrong codes: told so, then goodbye', LONG, async ({ phones }) => {
    // From an address of its own: wrong codes count against it.
    const phone = await typed(phones, '2000000001', { user: 'wrong', host: '127.0.0.2' });
    await phone.ear.hears(['wrong-code', 'enter-code-again']);
    await phone.press('2000000002#');
    await phone.ear.hears(['wrong-code', 'enter-code-again']);
    await phone.press('2000000003#');
    await phone.ear.hears(['wrong-code', 'goodbye']);
    await phone.over();
  });

  calling.concurrent.for(KEYPADS)('a code by %s', LONG, async (keypad, { product, phones }) => {
    const meeting = await product.createMeeting();
    const phone = await phones.call(keypad, { dialled: '7000', user: 'anna', name: 'Anna' });
    await phone.ear.hearsSaying({ kind: 'welcome-enter-code' });
    await phone.press(`${meeting.codes.join}#`);
    await phone.ear.hears(['joining', 'alone']);
    const [anna] = await product.participantsWhen(meeting, 'Anna', ({ length }) => length === 1);
    expect(anna).toMatchObject({ name: 'Anna', role: 'participant', via: 'phone' });
  });

  calling.concurrent(
    'star starts over, and the tenth digit ends the code',
    LONG,
    async ({ product, phones }) => {
      const meeting = await product.createMeeting();
      const phone = await phones.baresip({ dialled: '7000', user: 'again' });
      await phone.press('123*');
      await phone.ear.hearsSaying({ kind: 'enter-code-again' });
      await phone.press(meeting.codes.join);
      await phone.ear.hears(['joining', 'alone']);
    },
  );

  calling.concurrent('in German where the number is', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ language: 'de' });
    const phone = await phones.sipp({ dialled: '7001', user: 'gast', language: 'de' });
    await phone.ear.hearsSaying({ kind: 'welcome-enter-code' });
    await phone.press(`${meeting.codes.join}#`);
    await phone.ear.hears(['joining', 'alone']);
  });

  calling.concurrent('a code in the address', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ muteOnEntry: true });
    const right = [meeting.codes.join, `7000;pin=${meeting.codes.join}`];
    const [wrong, ...calls] = await Promise.all(
      ['7000;pin=2000000009', ...right].map((dialled) => phones.baresip({ dialled, user: 'me' })),
    );
    for (const { ear } of calls) {
      await ear.hears(['muted', 'press-to-unmute']);
      expect(ear.heard.map(({ name }) => name)).not.toContain('welcome-enter-code');
    }
    await wrong?.ear.hearsSaying({ kind: 'welcome-enter-code' });
  });
}

/** What a right code leads to. */
function doors(calling: CallingTest): void {
  calling.concurrent(
    'before its hour: music, and in as it begins',
    LONG,
    async ({ product, phones }) => {
      const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
      const meeting = await product.createMeeting({ startsAt: inMs(3_600_000) });
      const phone = await typed(phones, meeting.codes.join);
      await phone.ear.hears(['not-started', 'hold-music']);
      const startsAt = inMs(2000);
      await product.api('PATCH', `/meetings/${meeting.id}`, { startsAt });
      await phone.ear.hears(['joining', 'alone'], 25_000);
      expect(Date.now()).toBeGreaterThan(Date.parse(startsAt));
    },
  );

  calling.concurrent(
    'no moderator: music, and in as one comes',
    LONG,
    async ({ product, phones }) => {
      const meeting = await product.createMeeting({ waitForModerator: true });
      const phone = await typed(phones, meeting.codes.join);
      await phone.ear.hears(['no-moderator', 'hold-music']);
      const moderator = await Talker.dial(product.sip, meeting.codes.moderator, 'mona');
      await phone.ear.hearsSaying({ kind: 'joining' });
      await product.participantsWhen(meeting, 'both', ({ length }) => length === 2);
      moderator.hangUp();
      moderator.close();
    },
  );

  calling.concurrent('a meeting that ends meanwhile', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ waitForModerator: true });
    const phone = await typed(phones, meeting.codes.join);
    await phone.ear.hears(['no-moderator', 'hold-music']);
    await product.api('POST', `/meetings/${meeting.id}/end`);
    await phone.ear.hearsSaying({ kind: 'meeting-ended' });
    await phone.over();
  });

  calling.concurrent(
    'full, and locked: told so, and goodbye',
    LONG,
    async ({ product, phones }) => {
      const meeting = await product.createMeeting({ maxParticipants: 2 });
      const dial = (user: string) => Talker.dial(product.sip, meeting.codes.join, user);
      const inside = await Promise.all([dial('bert'), dial('carl')]);
      await product.participantsWhen(meeting, 'two', ({ length }) => length === 2);
      const one = await typed(phones, meeting.codes.join);
      await one.ear.hearsSaying({ kind: 'meeting-full' });
      await product.api('PATCH', `/meetings/${meeting.id}`, { maxParticipants: null });
      await product.api('POST', `/meetings/${meeting.id}/lock`, { locked: true });
      const other = await typed(phones, meeting.codes.join);
      await other.ear.hearsSaying({ kind: 'meeting-locked' });
      await Promise.all([one.over(), other.over()]);
      for (const talker of inside) talker.close();
    },
  );

  calling.concurrent('muted on entry: told how to speak', LONG, async ({ product, phones }) => {
    const [open, strict] = await Promise.all(
      [true, false].map((unmuteSelf) => product.createMeeting({ muteOnEntry: true, unmuteSelf })),
    );
    const [one, other] = await Promise.all(
      [open, strict].map((meeting) => typed(phones, meeting?.codes.join ?? '')),
    );
    await one?.ear.hearsSaying({ kind: 'joining-muted' });
    await other?.ear.hearsSaying({ kind: 'joining-muted-by-rule' });
    for (const meeting of [open, strict])
      if (meeting) await product.participantsWhen(meeting, 'muted', ([row]) => row?.muted === true);
  });
}

/** Callers whom nobody knows. */
function names(calling: CallingTest): void {
  calling.concurrent('a name, heard at entry and exit', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ askName: true, entrySounds: 'names' });
    const host = { dialled: meeting.codes.moderator, user: 'host', name: 'Host' };
    const listener = await phones.sipp(host);
    const phone = await typed(phones, meeting.codes.join, { user: '0301234567' });
    phone.speak();
    await phone.ear.hearsSaying({ kind: 'say-name' });
    await phone.press('#');
    phone.hush();
    await phone.ear.hearsSaying({ kind: 'joining' });
    await listener.ear.hears(['has-joined']);
    const [, row] = await product.participantsWhen(meeting, 'both', ({ length }) => length === 2);
    expect(row).toMatchObject({ unnamed: true });
    phone.hangUp();
    await listener.ear.hears(['has-left']);
  });

  calling.concurrent('no name: asked once more, and in', LONG, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ askName: true });
    const phone = await typed(phones, meeting.codes.join, { user: '0301234568' });
    await phone.ear.hearsSaying({ kind: 'say-name' });
    await phone.ear.hearsSaying({ kind: 'name-again' });
    await phone.ear.hears(['joining', 'alone']);
  });
}
