import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { iceServers } from '../../meetings/rules/ice.ts';
import type { IceServer, MeetingView, SoftphoneGrant } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Chromium } from '../support/chromium.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { hearingIn, hearingOf } from '../support/page-hearing.ts';
import { steadySince, ToneLog } from '../support/tone-log.ts';
import { TonePhone } from '../support/tone-phone.ts';
import { TurnServer, hasTurnServer } from '../support/turn-server.ts';

const ADA_HZ = 440;
const BEN_HZ = 900;
const LONG = { timeout: 60_000 };
/** The softphone's cap for gathering, and what a busy machine adds. */
const GATHERED_MS = 500 + 400;
/** From the click until both hear each other. */
const SOUND_MS = 5_000;

/** Runs in every page: its calls, and how long each looked for ways before it was made. */
const WATCH = `{
  const Native = window.RTCPeerConnection;
  window.calls = [];
  window.RTCPeerConnection = class extends Native {
    constructor(configuration) {
      super(window.relayOnly ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
      window.calls.push(this);
    }
    setLocalDescription(...args) {
      window.lookedFromMs ??= performance.now();
      return super.setLocalDescription(...args);
    }
  };
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (/^INVITE/.test(data)) window.gatheringMs ??= performance.now() - window.lookedFromMs;
    return send.call(this, data);
  };
}`;

/** What a network does that lets nothing through but TURN: no other candidate counts. */
const RELAY_ONLY = 'window.relayOnly = true';

interface Watched {
  readonly calls: readonly RTCPeerConnection[];
  readonly gatheringMs: number;
}

/** Runs in the page: what kind of candidate our end of the call uses. */
async function routeInUse(): Promise<string | undefined> {
  const [call] = (window as unknown as Watched).calls;
  const stats = new Map<string, Record<string, string>>();
  for (const [id, each] of (await call?.getStats()) ?? [])
    stats.set(id, each as Record<string, string>);
  const transport = [...stats.values()].find(({ type }) => type === 'transport');
  const pair = stats.get(transport?.selectedCandidatePairId ?? '');
  return stats.get(pair?.localCandidateId ?? '')?.candidateType;
}

/** From now on the server tells this page of these servers in place of its own. */
async function tellOf(page: Page, servers: readonly IceServer[]): Promise<void> {
  await page.route('**/softphone', async (route) => {
    const answer = await route.fetch();
    const grant = (await answer.json()) as SoftphoneGrant;
    const sip = { ...grant.sip, iceServers: servers };
    await route.fulfill({ response: answer, json: { ...grant, sip } });
  });
}

const CAN_RUN = has('chromium') && hasTurnServer;

describe.skipIf(!CAN_RUN).each(ENGINES)('ways through a firewall, on $engine', (engine) => {
  let deadStun: Socket;
  let turn: TurnServer;
  let stage: Stage;
  let meeting: MeetingView;
  let browser: Chromium;
  let ben: TonePhone;
  let ear: ToneLog;

  /** Somebody before the meeting's door, with their name typed. */
  const atDoor = async (script = '', servers?: readonly IceServer[]): Promise<Page> => {
    const page = await browser.context.newPage();
    await page.addInitScript(script);
    if (servers) await tellOf(page, servers);
    await page.goto(meeting.joinUrl);
    await page.getByLabel('Your name').fill('Ada');
    return page;
  };
  const join = (page: Page) => page.getByRole('button', { name: 'Join the meeting' }).click();

  /** Joins, until both hear each other. */
  const joinAndHear = async (page: Page) => {
    await eventually('whoever was there before is silent', () => !ear.hearing.on);
    const fromMs = Date.now();
    await join(page);
    const both = await Promise.all([
      steadySince('the phone hears her', () => ear.hearing, { fromMs, withinMs: 20_000 }),
      steadySince('she hears the phone', () => hearingIn(page), { fromMs, withinMs: 20_000 }),
    ]);
    const gatheringMs = await page.evaluate(() => (window as unknown as Watched).gatheringMs);
    const soundMs = Math.max(...both) - fromMs;
    const route = await page.evaluate(routeInUse);
    await page.close();
    return { route, gatheringMs: Math.round(gatheringMs), soundMs };
  };

  beforeAll(async () => {
    deadStun = createSocket('udp4');
    deadStun.bind(0, '127.0.0.1');
    await once(deadStun, 'listening');
    turn = await TurnServer.start();
    const stun = `stun:127.0.0.1:${deadStun.address().port}`;
    stage = await engine.start({ ...turn.settings, STUN_URLS: stun });
    meeting = await stage.product.createMeeting({ entrySounds: 'none' });
    ben = await TonePhone.dial(stage.product, meeting, BEN_HZ);
    ear = new ToneLog(ADA_HZ, ben.media.sampleRateHz);
    ben.media.onSound = (pcm) => ear.push(pcm);
    browser = await Chromium.start(ADA_HZ);
    await browser.context.addInitScript(hearingOf(BEN_HZ));
    await browser.context.addInitScript(WATCH);
  }, 90_000);

  afterAll(async () => {
    ben?.media.close();
    ben?.sip.close();
    await browser?.stop();
    await stage?.stop();
    await turn?.stop();
    deadStun?.close();
  });

  test('a STUN server that is dead holds nobody up for more than 500 ms', LONG, async () => {
    const plain = await joinAndHear(await atDoor('', []));
    const found = await joinAndHear(await atDoor());
    console.log({ plain, deadStun: found });
    expect(found.route).not.toBe('relay');
    expect(found.gatheringMs).toBeLessThan(GATHERED_MS);
    expect(found.soundMs).toBeLessThan(SOUND_MS);
  });

  test('both hear each other through TURN alone', LONG, async () => {
    const found = await joinAndHear(await atDoor(RELAY_ONLY));
    console.log({ turn: found });
    expect(found.route).toBe('relay');
    expect(found.gatheringMs).toBeLessThan(GATHERED_MS);
    expect(found.soundMs).toBeLessThan(SOUND_MS);
  });

  test('a TURN server that refuses the password is named, and what to mend', LONG, async () => {
    const { TURN_URLS = '', TURN_SECRET = '' } = turn.settings;
    const settings = { stunUrls: [], turnUrls: [TURN_URLS], turnSecret: TURN_SECRET };
    const hour = 3_600_000;
    const lent = (turnSecret: string, expiresAtMs: number) =>
      iceServers({ ...settings, turnSecret }, { borrower: 'ada', expiresAtMs });
    const wrong = [
      lent(TURN_SECRET, Date.now() - hour),
      lent('another-secret-than-its-own', Date.now() + hour),
    ];
    const pages = await Promise.all(wrong.map((servers) => atDoor(RELAY_ONLY, servers)));
    await Promise.all(
      pages.map(async (page) => {
        await join(page);
        await page.getByText('The way around your firewall is closed').waitFor();
        await page.getByText(/TURN_SECRET must be the TURN server’s own/).waitFor();
        await page.close();
      }),
    );
    await stage.product.participantsWhen(meeting, 'only Ben is left', ({ length }) => length === 1);
  });

  test('the TURN server sends to the switch and to nobody else', { timeout: 20_000 }, async () => {
    expect(await turn.answerFor('127.0.0.1')).toBe('sends');
    expect(await turn.answerFor('192.0.2.7')).toBe('Forbidden IP');
  });
});
