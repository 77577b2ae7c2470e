import { describe, expect } from 'vitest';
import { has } from '../runner/programs.ts';
import { callingOn } from '../support/calling.ts';
import { Chromium } from '../support/chromium.ts';
import { SWITCHES } from '../support/engines.ts';
import { VOICE_HZ } from '../support/keypad-phone.ts';
import type { PersonView } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';

const BROWSER_HZ = 1480;

interface PersonalTicket {
  readonly joinUrl: string;
  readonly personalCode: string;
  readonly personId: string;
}

const PEERS = has('chromium') && has('sipp') && has('baresip');

/** One person in the browser who takes up a phone: one row, one voice. */
describe.skipIf(!PEERS).each(SWITCHES)('a personal code on $engine', (engine) => {
  const calling = callingOn(engine);

  calling(
    'moves the sound to the phone, and back when that hangs up',
    { timeout: 90_000 },
    async ({ product, phones }) => {
      const meeting = await product.createMeeting({ entrySounds: 'none' });
      const wish = { name: 'Ada', role: 'participant' };
      const ticket = await product.api<PersonalTicket>(
        'POST',
        `/meetings/${meeting.id}/tickets`,
        wish,
      );
      const chromium = await Chromium.start(BROWSER_HZ);
      try {
        const host = await phones.sipp({ dialled: meeting.codes.moderator, user: 'host' });
        await SoftphonePage.join(chromium, ticket.joinUrl, 'Ada');
        await host.media.hearsOnly(BROWSER_HZ);

        const phone = await phones.sipp({ dialled: '7000', user: '0301234567' });
        phone.speak();
        await phone.press(`${ticket.personalCode}#`);
        await phone.ear.hearsSaying({ kind: 'audio-moved' });
        const ada = await onePerson('phone');
        expect(ada).toMatchObject({ name: 'Ada', personId: ticket.personId, muted: false });
        await host.media.hearsOnly(VOICE_HZ);
        await phone.press('*3');
        await phone.ear.hearsSaying({ kind: 'people-here', count: 2 });
        // Who talks on is told that they are muted over the words that say so.
        phone.hush();
        await phone.press('*6');
        await phone.ear.hears(['muted']);
        phone.speak();
        await host.media.hearsOnly();
        await phone.press('*6');
        await phone.ear.hears(['unmuted']);

        phone.hangUp();
        await phone.over();
        await onePerson('browser');
        await host.media.hearsOnly(BROWSER_HZ);
      } finally {
        await chromium.stop();
      }

      async function onePerson(via: PersonView['via']): Promise<PersonView | undefined> {
        const people = await product.participantsWhen(
          meeting,
          `two rows, and Ada speaks by ${via}`,
          (list) => list.length === 2 && list.some((row) => row.name === 'Ada' && row.via === via),
        );
        return people.find(({ name }) => name === 'Ada');
      }
    },
  );
});
