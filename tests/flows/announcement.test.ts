import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { has } from '../runner/programs.ts';
import { callingOn } from '../support/calling.ts';
import { SWITCHES } from '../support/engines.ts';

const PROMPTS = join(import.meta.dirname, '../../prompts');

/** A recording of the house's own, here one of ours under another name, since the ear knows ours. */
describe.skipIf(!has('sipp')).each(SWITCHES)('an announcement on $engine', (engine) => {
  const own = mkdtempSync(join(tmpdir(), 'partyline-own-'));
  mkdirSync(join(own, 'announcements'));
  copyFileSync(join(PROMPTS, 'en/goodbye.wav'), join(own, 'announcements/fire-drill.wav'));
  afterAll(() => rmSync(own, { recursive: true }));
  const calling = callingOn(engine, { PROMPTS_DIR: own });

  calling('is heard by everybody in the room', { timeout: 60_000 }, async ({ product, phones }) => {
    const meeting = await product.createMeeting({ entrySounds: 'none' });
    const call = (user: string) => phones.sipp({ dialled: meeting.codes.join, user });
    const both = await Promise.all([call('anna'), call('bert')]);
    await product.participantsWhen(meeting, 'both are inside', (list) => list.length === 2);
    await product.api('POST', `/meetings/${meeting.id}/announce`, { sound: 'fire-drill' });
    await Promise.all(both.map(({ ear }) => ear.hears(['goodbye'])));
  });
});
