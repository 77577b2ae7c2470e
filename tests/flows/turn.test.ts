import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { BROWSER_RATE_HZ, Chromium } from '../support/chromium.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { TurnServer, hasTurnServer } from '../support/turn-server.ts';

const ADA_HZ = 440;
const BEN_HZ = 900;
const TONES = [ADA_HZ, BEN_HZ];

/** What a network does that lets nothing through but TURN: no other candidate counts. */
const RELAY_ONLY = `{
  const Native = window.RTCPeerConnection;
  window.calls = [];
  window.RTCPeerConnection = class extends Native {
    constructor(configuration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
      window.calls.push(this);
    }
  };
}`;

/** Runs in the page: what kind of candidate our end of the call uses. */
async function routeInUse(): Promise<string | undefined> {
  const [call] = (window as unknown as { calls: RTCPeerConnection[] }).calls;
  const stats = new Map<string, Record<string, string>>();
  for (const [id, each] of (await call?.getStats()) ?? [])
    stats.set(id, each as Record<string, string>);
  const transport = [...stats.values()].find(({ type }) => type === 'transport');
  const pair = stats.get(transport?.selectedCandidatePairId ?? '');
  return stats.get(pair?.localCandidateId ?? '')?.candidateType;
}

const CAN_RUN = has('chromium') && hasTurnServer;

describe.skipIf(!CAN_RUN).each(ENGINES)('behind a firewall, on $engine', (engine) => {
  let turn: TurnServer;
  let stage: Stage;
  let meeting: MeetingView;
  let browsers: Chromium[] = [];

  const join = async (name: string, toneHz: number): Promise<SoftphonePage> => {
    const browser = await Chromium.start(toneHz);
    browsers.push(browser);
    await browser.context.addInitScript(RELAY_ONLY);
    return SoftphonePage.join(browser, meeting.joinUrl, name);
  };

  beforeAll(async () => {
    turn = await TurnServer.start();
    stage = await engine.start(turn.settings);
    meeting = await stage.product.createMeeting();
  }, 60_000);

  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.stop()));
    browsers = [];
    await stage?.stop();
    await turn?.stop();
  });

  test('two browsers hear each other through TURN alone', { timeout: 60_000 }, async () => {
    const ada = await join('Ada', ADA_HZ);
    const ben = await join('Ben', BEN_HZ);
    expect(await ada.page.evaluate(routeInUse)).toBe('relay');
    expect(await ben.page.evaluate(routeInUse)).toBe('relay');
    const hears = async (person: SoftphonePage) =>
      heard(await person.hear(1_000), BROWSER_RATE_HZ, TONES);
    await expect
      .poll(() => Promise.all([hears(ada), hears(ben)]), { timeout: 15_000 })
      .toEqual([[BEN_HZ], [ADA_HZ]]);
  });

  test('the TURN server sends to the switch and to nobody else', { timeout: 20_000 }, async () => {
    expect(await turn.answerFor('127.0.0.1')).toBe('sends');
    expect(await turn.answerFor('192.0.2.7')).toBe('Forbidden IP');
  });
});
