import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startBridge } from '../../bridge/bridge.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import type { EslAddress } from '../../bridge/esl.ts';
import { parseIdentity } from '../../protocol/call/identity.ts';
import type { Participant } from '../../protocol/room/room.ts';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import { header as sipHeader } from '../../protocol/sip/message.ts';
import { BARE_SWITCHES } from '../support/bare-switches.ts';
import {
  KEY,
  OTHER_ROOM,
  ROOM,
  ScriptedAdmissions,
  header,
  identity,
  leg,
} from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';
import { SDP, SipPeer } from '../support/sip-peer.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe.each(BARE_SWITCHES)('on $engine', (engine) => {
  test(
    'a person in the browser is called on the phone, speaks there, holds it, and is removed',
    { timeout: 60_000 },
    async () => {
      const running = await engine.start();
      stops.push(() => running.stop());
      const phone = await SipPeer.udp(running.sipPort);
      stops.push(() => phone.close());
      phone.onRequest = (request) => {
        if (request.method === 'BYE' || request.method === 'OPTIONS') phone.answer(request, 200);
      };
      const bridge = joinedBridge(running.esl, Number(phone.host.split(':')[1]));
      await eventually('joined', () => bridge.engines()[0]?.state === 'joined');

      const browser = await SipPeer.udp(running.sipPort);
      stops.push(() => browser.close());
      await comesIn(browser, running.sipPort);
      const ada = await eventually('Ada is in', () => rows(bridge)[0]);

      const dialog = await isCalled(bridge, phone);
      await eventually('the phone speaks', () => find(bridge, ada.id)?.audioBy === leg(7));
      await eventually('the browser is silent', () => {
        const row = find(bridge, ada.id);
        return row?.muted && row.deaf;
      });
      expect(find(bridge, leg(7))).toMatchObject({ name: 'Ada', muted: false, via: 'phone' });

      const held = await reinvites(phone, dialog, 'a=sendonly');
      await eventually('held', () => find(bridge, leg(7))?.onHold && find(bridge, leg(7))?.muted);
      await reinvites(phone, held, 'a=sendrecv');
      await eventually('back', () => find(bridge, leg(7))?.muted === false);
      expect(find(bridge, leg(7))).not.toHaveProperty('onHold');

      await bridge.execute({ kind: 'remove', room: ROOM, id: leg(7) });
      await eventually('all legs are gone', () => !bridge.rooms().get(ROOM)?.people.size);
      await phone.request('BYE', 15_000);
      await browser.request('BYE', 15_000);
      await eventually('left', () => bridge.rooms().get(ROOM)?.calls.get(leg(7))?.end === 'left');
    },
  );

  test(
    'somebody goes to a breakout room, muted as they were, and comes back on the same call',
    { timeout: 60_000 },
    async () => {
      const running = await engine.start();
      stops.push(() => running.stop());
      const bridge = joinedBridge(running.esl, 5099);
      await eventually('joined', () => bridge.engines()[0]?.state === 'joined');
      const browser = await SipPeer.udp(running.sipPort);
      stops.push(() => browser.close());
      await comesIn(browser, running.sipPort);
      const { id } = await eventually('Ada is in', () => rows(bridge)[0]);
      await bridge.execute({ kind: 'set-muted', room: ROOM, id, on: true, by: 'self' });
      await eventually('muted', () => find(bridge, id)?.muted);
      const there = () => bridge.rooms().get(OTHER_ROOM)?.people.get(id);

      const reasons: string[] = [];
      bridge.subscribe((fact) => {
        if (fact.kind === 'participant-left') reasons.push(fact.reason);
      });
      const go = { kind: 'move', room: ROOM, id, to: OTHER_ROOM, group: 1 } as const;
      expect(await bridge.execute(go)).toEqual({ ok: true });
      await eventually('there', () => there() !== undefined && !bridge.rooms().has(ROOM));
      expect(there()).toMatchObject({ name: 'Ada', muted: true, mutedBy: 'self', via: 'browser' });
      await bridge.auditNow();
      expect(there()).toMatchObject({ name: 'Ada', muted: true });

      await bridge.execute({ kind: 'move', room: OTHER_ROOM, id, to: ROOM });
      await eventually('back', () => find(bridge, id) && !bridge.rooms().has(OTHER_ROOM));
      await bridge.auditNow();
      expect(find(bridge, id)).toMatchObject({ name: 'Ada', muted: true, mutedBy: 'self' });
      expect(reasons).toEqual(['moved', 'moved']);

      await bridge.execute({ kind: 'remove', room: ROOM, id });
      await browser.request('BYE', 15_000);
      await eventually('gone', () => !bridge.rooms().has(ROOM));
    },
  );

  test('a phone that is busy is shown so', { timeout: 60_000 }, async () => {
    const running = await engine.start();
    stops.push(() => running.stop());
    const phone = await SipPeer.udp(running.sipPort);
    stops.push(() => phone.close());
    const bridge = joinedBridge(running.esl, Number(phone.host.split(':')[1]));
    await eventually('joined', () => bridge.engines()[0]?.state === 'joined');
    await bridge.execute(CALL);
    phone.answer(await phone.request('INVITE'), 486);
    await eventually('busy', () => bridge.rooms().get(ROOM)?.calls.get(leg(7))?.end === 'busy');
  });
});

const CALL = {
  kind: 'call',
  room: ROOM,
  id: leg(7),
  to: { kind: 'account', username: '1001' },
  name: 'Ada',
  role: 'participant',
  personId: 'p-1',
} as const;

function joinedBridge(esl: EslAddress, gatewayPort: number): Bridge {
  const bridge = startBridge({
    nodes: [esl],
    admissions: new ScriptedAdmissions(),
    identityKey: KEY,
    promptsDir: join(import.meta.dirname, '../../prompts'),
    gateway: { host: '127.0.0.1', port: gatewayPort },
    now: Date.now,
    log: () => undefined,
  });
  stops.push(() => bridge.stop());
  return bridge;
}

/** A browser's call as the gateway sends it; its sound does not matter here. */
async function comesIn(browser: SipPeer, sipPort: number): Promise<void> {
  browser.onRequest = (request) => {
    if (request.method === 'BYE') browser.answer(request, 200);
  };
  const ada = identity('Ada', { via: 'browser', number: '', personId: 'p-1' });
  const invite = browser.send(
    browser.compose('INVITE', `sip:meeting@127.0.0.1:${sipPort}`, {
      // As the gateway does: the Call-ID names the leg.
      callId: randomUUID(),
      headers: [{ name: 'X-Partyline', value: header(ada) }],
      body: SDP(4000),
    }),
  );
  browser.ack(invite, await browser.response('INVITE', 200, 10_000));
}

/** The meeting calls, the phone rings, is taken up, and 1 is pressed. */
async function isCalled(bridge: Bridge, phone: SipPeer): Promise<Dialog> {
  const call = () => bridge.rooms().get(ROOM)?.calls.get(leg(7));
  expect(await bridge.execute(CALL)).toEqual({ ok: true });
  const invite = await phone.request('INVITE', 10_000);
  expect(parseIdentity(sipHeader(invite, 'X-Partyline') ?? '', KEY)?.destination).toMatchObject({
    kind: 'outbound',
    to: CALL.to,
  });
  phone.answer(invite, 180);
  await eventually('ringing', () => call()?.state === 'ringing');
  const dialog = phone.answer(invite, 200, { body: SDP(4002) });
  if (dialog === undefined) throw new Error('an answer to INVITE makes a dialog');
  await phone.request('ACK');
  await eventually('asked', () => call()?.state === 'asked');
  return pressesOne(phone, dialog, () => call()?.state === 'joined');
}

/** The invitation begins a moment after the call is taken up; keys before it mean nothing. */
async function pressesOne(phone: SipPeer, dialog: Dialog, done: () => boolean): Promise<Dialog> {
  let now = dialog;
  await eventually('joined', async () => {
    if (done()) return true;
    [now] = phone.inDialog(now, 'INFO', {
      headers: [{ name: 'Content-Type', value: 'application/dtmf-relay' }],
      body: 'Signal=1\r\nDuration=160\r\n',
    });
    await phone.response('INFO');
    return eventually('joined by this key', done, 300).catch(() => false);
  });
  return now;
}

async function reinvites(phone: SipPeer, dialog: Dialog, direction: string): Promise<Dialog> {
  const [next, invite] = phone.inDialog(dialog, 'INVITE', { body: SDP(4002, direction) });
  phone.ack(invite, await phone.response('INVITE', 200));
  return next;
}

function rows(bridge: Bridge): readonly Participant[] {
  return [...(bridge.rooms().get(ROOM)?.people.values() ?? [])];
}

function find(bridge: Bridge, id: Participant['id']): Participant | undefined {
  return bridge.rooms().get(ROOM)?.people.get(id);
}
