import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AccountView, SoftphoneGrant } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { Chromium } from '../support/chromium.ts';
import { ConsolePage } from '../support/console-page.ts';
import { ENGINES } from '../support/engines.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { Talker } from '../support/talker.ts';

const PEERS = has('baresip') && has('chromium');

/** A whole run at the most talkative level, searched for what must never be in a log. */
describe.skipIf(!PEERS).each(ENGINES)('the log on $engine', (engine) => {
  test('holds no secret, no code and no number', { timeout: 120_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'partyline-log-'));
    const stage = await engine.start({ LOG_LEVEL: 'debug', DATA_DIR: dataDir });
    const { product } = stage;
    const canaries = new Map<string, string>([['admin key', product.adminKey]]);
    const meeting = await product.createMeeting({ name: 'Canary', extension: '83561' });
    canaries.set('joining code', meeting.codes.join);
    canaries.set('moderator code', meeting.codes.moderator);
    canaries.set('join ticket', lastPart(meeting.joinUrl));
    canaries.set('moderator ticket', lastPart(meeting.moderatorUrl));
    const account = await product.api<AccountView>('POST', '/accounts', {
      username: 'desk7731',
      name: 'Desk',
    });
    canaries.set('account password', account.password ?? '');

    const desk = await Baresip.start({
      user: 'desk7731',
      codec: 'PCMU',
      toneHz: 440,
      account: { server: product.sip, password: account.password ?? '' },
    });
    await desk.registered();
    await desk.dial(`sip:83561@${product.sip}`);
    canaries.set('number of a caller', '4917755512345');
    const byCode = await Talker.dial(product.sip, meeting.codes.join, '4917755512345');
    expect(byCode.status).toBe(200);
    canaries.set('wrong code dialled', '9182736455');
    const wrong = await Talker.dial(product.sip, '9182736455', '4917755512345');
    expect(wrong.status).toBe(404);
    canaries.set('wrong code typed', '1029384756');
    const typed = await Baresip.start({ user: '4917755567890', codec: 'PCMU', toneHz: 900 });
    canaries.set('number of another caller', '4917755567890');
    await typed.dial(`sip:7000@${product.sip}`);
    typed.press('1029384756#');
    typed.press(`${meeting.codes.join}#`);

    const chromium = await Chromium.start(1600);
    const grants: SoftphoneGrant[] = [];
    chromium.context.on('response', (response) => {
      if (response.url().endsWith('/softphone'))
        void response.json().then((grant: SoftphoneGrant) => grants.push(grant));
    });
    const carla = await SoftphonePage.join(chromium, meeting.joinUrl, 'Carla');
    const admin = await Chromium.start();
    await ConsolePage.open(admin, product, meeting);
    const cookies = await admin.context.cookies();
    for (const { name, value } of cookies) canaries.set(`cookie ${name}`, value);
    await fetch(`${product.url}/api/v1/meetings`, {
      headers: { authorization: 'Bearer wrong-key-0987654321-canary' },
    });
    canaries.set('a wrong key', 'wrong-key-0987654321-canary');
    await product.participantsWhen(meeting, 'three are in', (list) => list.length >= 3, 30_000);
    const [grant] = grants;
    canaries.set('feed token', grant?.feedToken ?? '');
    canaries.set('browser password', grant?.sip.password ?? '');
    await product.api('POST', `/meetings/${meeting.id}/mute-all`, { except: 'none' });
    await product.api(
      'DELETE',
      `/meetings/${meeting.id}/participants/${(await product.participants(meeting))[0]?.id}`,
    );
    await carla.page.close();
    byCode.hangUp();
    await Promise.all([desk.stop(), typed.stop(), chromium.stop(), admin.stop()]);
    await stage.stop();
    byCode.close();
    wrong.close();
    rmSync(dataDir, { recursive: true, force: true });

    expect(product.printed).toContain('joined drachtio');
    for (const [what, canary] of canaries) expect(canary, what).not.toBe('');
    const leaked = [...canaries].filter(([, canary]) => product.printed.includes(canary));
    expect(leaked.map(([what]) => what)).toEqual([]);
  });
});

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
