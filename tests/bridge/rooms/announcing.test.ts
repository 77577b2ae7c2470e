import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BridgeWorld, OTHER_ROOM, ROOM, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

let world: BridgeWorld;
let ownPromptsDir: string;
let drill: string;

beforeEach(async () => {
  ownPromptsDir = mkdtempSync(join(tmpdir(), 'own-prompts-'));
  mkdirSync(join(ownPromptsDir, 'announcements'));
  drill = join(ownPromptsDir, 'announcements/fire-drill.wav');
  writeFileSync(drill, 'RIFF');
  world = await BridgeWorld.start({}, { ownPromptsDir });
});
afterEach(async () => {
  await world.stop();
  rmSync(ownPromptsDir, { recursive: true });
});

function announce(sound: string, to: 'everybody' | 'moderators' = 'everybody', room = ROOM) {
  return world.bridge.execute({ kind: 'announce', room, sound, to });
}

const played = () => world.heardLike(/ play .*fire-drill/);

test('an announcement is played into the room once, to phones and browsers alike', async () => {
  await world.join(1);
  await world.join(2, 'Ada', { via: 'browser', personId: 'ada' });
  expect(await announce('fire-drill')).toEqual({ ok: true });
  await world.heard(`conference ${ROOM} play ${drill}`);
  expect(played()).toHaveLength(1);
});

test('for moderators it is laid over what each of them hears, and others hear nothing', async () => {
  await world.join(1);
  await world.join(2, 'Ada', { via: 'browser', personId: 'ada', role: 'moderator' });
  await world.join(3, 'Bob', { role: 'moderator' });
  expect(await announce('fire-drill', 'moderators')).toEqual({ ok: true });
  await eventually('both', () => played().length === 2);
  const members = [2, 3].map((n) => world.freeswitch.member(leg(n)).id);
  expect([...played()].sort()).toEqual(
    members.map((member) => `conference ${ROOM} play ${drill} ${member}`).sort(),
  );
});

test('a moderator whose phone carries their sound hears it once', async () => {
  await world.join(1, 'Ada', { via: 'browser', personId: 'ada', role: 'moderator' });
  await world.join(2, 'Ada', { personId: 'ada', role: 'moderator' });
  await eventually('carried', () => world.find(1)?.audioBy === leg(2));
  await announce('fire-drill', 'moderators');
  await eventually('played', () => played().length > 0);
  await world.bridge.auditNow();
  expect(played()).toHaveLength(1);
});

test.each([
  'lunch',
  '../../../etc/passwd',
  'fire-drill.wav',
  'a b',
  'a\nconference x kick all',
  '',
])('%j is no announcement, and nothing of it gets to FreeSWITCH', async (sound) => {
  await world.join(1);
  expect(await announce(sound)).toMatchObject({ ok: false, reason: 'refused' });
  await world.bridge.auditNow();
  expect(world.heardLike(/ play /)).toEqual([]);
});

test('in an empty room nobody hears it', async () => {
  const outcome = await announce('fire-drill', 'everybody', OTHER_ROOM);
  expect(outcome).toMatchObject({ ok: false, reason: 'no-such-room' });
});
