import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBridge } from '../../bridge/bridge.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { has } from '../runner/programs.ts';
import { BARE_SWITCHES } from '../support/bare-switches.ts';
import type { BareSwitch } from '../support/bare-switches.ts';
import { KEY, ScriptedAdmissions, identity } from '../support/bridge-world.ts';
import { SWITCHES } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { KeypadPhones } from '../support/keypad-phone.ts';
import { recordingsOf } from '../support/prompt-ear.ts';
import { VouchedPhone } from '../support/vouched-phone.ts';

const LONG = { timeout: 90_000 };
/** They mostly wait for speech: so they wait together. */
const TOGETHER = { concurrent: true };
const GOES_ON_WITHIN_MS = 3000;
/** What the ear needs after the end of a recording to be sure of it. */
const EAR_MS = 400;

const LOBBY = 'm-llllllllllllllll' as RoomId;
const CALLED = 'm-cccccccccccccccc' as RoomId;
const TYPED = 'm-tttttttttttttttt' as RoomId;
const LATER = 'm-wwwwwwwwwwwwwwww' as RoomId;

/** Another bridge takes over while callers are on their way into a room. */
describe.each(BARE_SWITCHES)('a bridge that starts anew at $engine', TOGETHER, (engine) => {
  let running: BareSwitch;
  let gateway: VouchedPhone;
  let bridge: Bridge;
  const phones: VouchedPhone[] = [];
  const admissions = scripted();

  const start = (): Bridge =>
    startBridge({
      nodes: [running.esl],
      admissions,
      identityKey: KEY,
      promptsDir: join(import.meta.dirname, '../../prompts'),
      gateway: { host: '127.0.0.1', port: Number(gateway.sip.host.split(':')[1]) },
      now: Date.now,
      log: () => undefined,
    });

  beforeAll(async () => {
    running = await engine.start();
    gateway = await VouchedPhone.at(running.sipPort);
    phones.push(gateway);
    bridge = start();
    await eventually('joined', () => bridge.engines()[0]?.state === 'joined');
  }, 90_000);

  afterAll(async () => {
    await bridge?.stop();
    for (const phone of phones) phone.close();
    await running?.stop();
  });

  const calls = async (who: CallIdentity): Promise<VouchedPhone> => {
    const phone = await VouchedPhone.at(running.sipPort);
    phones.push(phone);
    await phone.calls(running.sipPort, who);
    return phone;
  };
  const isIn = (room: RoomId) =>
    eventually(`somebody is in ${room}`, () =>
      [...(bridge.rooms().get(room)?.people.values() ?? [])].some(
        ({ state }) => state === 'joined',
      ),
    );

  test('in code entry, music, lobby and invitation, each goes on within 3 s', LONG, async () => {
    const typing = await calls(
      identity('Anna', { destination: { kind: 'reception', dialled: '7000' } }),
    );
    await typing.ear.hearsSaying({ kind: 'welcome-enter-code' });
    await typing.press('123');
    const waiting = await calls(identity('Bert', { room: LATER }));
    const inLobby = await calls(identity('Carl', { room: LOBBY }));
    await inLobby.ear.hears(['lobby', 'your-place', 'number-1', 'hold-music']);
    await waiting.ear.hears(['hold-music']);
    await bridge.execute(CALL);
    await gateway.isCalled();
    await gateway.ear.hears(['invitation']);

    await bridge.stop();
    const restartedAt = Date.now();
    bridge = start();
    const goesOn = (phone: VouchedPhone, saying: Saying) =>
      beginsAgain(phone, saying).then((atMs) => atMs - restartedAt);
    const delays = await Promise.all([
      goesOn(typing, { kind: 'welcome-enter-code' }),
      goesOn(gateway, { kind: 'invitation' }),
      goesOn(inLobby, { kind: 'lobby-place', place: 1 }),
      goesOn(waiting, { kind: 'hold-music' }),
    ]);
    console.log(`${engine.engine}: go on after ${delays.join(', ')} ms`);
    for (const ms of delays) expect(ms).toBeLessThan(GOES_ON_WITHIN_MS);

    await typing.press('5550000001');
    await gateway.press('1');
    const [carl] = await eventually('Carl still waits', () =>
      [...(bridge.rooms().get(LOBBY)?.people.values() ?? [])].filter(
        ({ state }) => state === 'lobby',
      ),
    );
    await bridge.execute({ kind: 'admit', room: LOBBY, id: carl?.id as ParticipantId });
    await inLobby.ear.hears(['admitted']);
    await Promise.all([isIn(TYPED), isIn(CALLED), isIn(LOBBY)]);
  });
});

/** When the first recording of a saying began, which is heard from now on: music may never have ended. */
async function beginsAgain({ ear }: VouchedPhone, saying: Saying): Promise<number> {
  const [first] = recordingsOf(saying, 'en').slice(0, 1);
  const [heard] = await ear.hears(first === undefined ? [] : [first]);
  const lastedMs = heard === undefined ? 0 : heard.toMs - heard.fromMs;
  return Date.now() - lastedMs - EAR_MS;
}

const CALL = {
  kind: 'call',
  room: CALLED,
  id: '00000000-0000-4000-8000-0000000000ca' as ParticipantId,
  to: { kind: 'account', username: '1001' },
  name: 'Ada',
  role: 'participant',
} as const;

/** One room has a lobby, one has not begun, one is behind a code. */
function scripted(): ScriptedAdmissions {
  const admissions = new ScriptedAdmissions();
  admissions.codes.set('5550000001', { kind: 'meeting', room: TYPED, role: 'participant' });
  admissions.admission = (room, role, _people, { admitted }) => {
    if (room === LATER) return { kind: 'wait', room, role, why: 'not-started' };
    if (room === LOBBY && !admitted) return { kind: 'lobby', room, role };
    return { kind: 'join', room, role, muted: false };
  };
  return admissions;
}

/** All of it dies at once: the calls cannot be kept, so they are ended. */
describe.skipIf(!has('sipp')).each(SWITCHES)(
  'kill -9 of the product on $engine',
  TOGETHER,
  (engine) => {
    test('who types, waits or is in the lobby is hung up at the return', LONG, async () => {
      const stage = await engine.start();
      const { product } = stage;
      const meeting = await product.createMeeting({ lobby: true });
      const phones = new KeypadPhones(product.sip);
      const typing = await phones.sipp({ dialled: '7000', user: 'anna' });
      const inLobby = await phones.sipp({ dialled: meeting.codes.join, user: 'carl' });
      await inLobby.ear.hears(['lobby', 'hold-music']);
      await typing.press('12');
      const diedAt = Date.now();
      const reborn = await product.killAndRestart();
      const readyAfter = Date.now() - diedAt;
      await Promise.all([typing.over(3000), inLobby.over(3000)]);
      console.log(
        `${engine.engine}: ready after ${readyAfter} ms, over after ${Date.now() - diedAt} ms`,
      );
      await reborn.participantsWhen(meeting, 'nobody', ({ length }) => length === 0);
      await phones.stopAll();
      await reborn.stop();
      await stage.stop();
    });
  },
);
