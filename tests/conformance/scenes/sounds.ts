import type { Scene } from '../scene.ts';
import type { Call, Stage } from '../stage.ts';

/** Ways out of a sound without end. */
const WAYS_OUT = [
  'uuid_transfer UUID park inline',
  'uuid_transfer UUID park: inline',
  "uuid_transfer UUID -both 'park:' inline",
  'uuid_park UUID',
];

/** Sounds on one leg: told, broken off, in rows, without end. */
export const sounds: Scene = {
  name: 'sounds',
  events:
    'CHANNEL_PARK CHANNEL_UNPARK CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF PLAYBACK_START PLAYBACK_STOP CUSTOM conference::maintenance',
  async play(stage) {
    const [short, long] = [stage.sound('short'), stage.sound('long')];
    const carol = await stage.answered('carol');
    for (const file of [
      short,
      '/nosuch.wav',
      `file_string://${short}!${short}`,
      `${short}!${short}`,
    ])
      await stage.execute(carol, 'playback', file, 'CHANNEL_EXECUTE_COMPLETE');
    await stage.of(carol, 'uuid_break UUID all');
    await stage.execute(
      carol,
      'playback',
      'tone_stream://%(200,100,440);loops=-1',
      'PLAYBACK_START',
    );
    await stage.press(carol, '7');
    await stage.of(carol, 'uuid_break UUID');
    await stage.completed(carol, 'playback');
    await nested(stage, carol);
    await locked(stage, carol);
    await stage.of(carol, `uuid_broadcast UUID ${short} aleg`);
    await stage.completed(carol, 'playback');
    stage.forget(carol, 'PLAYBACK_START');
    await stage.of(carol, `uuid_broadcast UUID playback::${long} aleg`);
    await stage.untilOf(carol, 'PLAYBACK_START', { 'Playback-File-Path': long });
    await endless(stage, carol);
    await stage.left(carol);
  },
};

/** Without a lock, what comes later is played inside of what plays; one break ends them all. */
async function nested(stage: Stage, call: Call): Promise<void> {
  for (const name of ['long', 'short'] as const)
    await stage.execute(call, 'playback', stage.sound(name), 'PLAYBACK_START');
  await stage.completed(call, 'playback');
  await stage.execute(call, 'playback', stage.sound('long'), 'PLAYBACK_START');
  await stage.of(call, 'uuid_break UUID');
  for (let ended = 0; ended < 2; ended++) await stage.completed(call, 'playback');
}

/** With event-lock they wait for each other, and a break ends the one that plays. */
async function locked(stage: Stage, call: Call): Promise<void> {
  const lock = { 'call-command': 'execute', 'execute-app-name': 'playback', 'event-lock': 'true' };
  stage.forget(call, 'PLAYBACK_START');
  for (const name of ['long', 'short'] as const)
    await stage.send(`sendmsg ${call.uuid}`, { ...lock, 'execute-app-arg': stage.sound(name) });
  await stage.untilOf(call, 'PLAYBACK_START', { 'Playback-File-Path': stage.sound('long') });
  await stage.of(call, 'uuid_break UUID');
  for (let ended = 0; ended < 2; ended++) await stage.completed(call, 'playback');
}

async function endless(stage: Stage, call: Call): Promise<void> {
  const short = stage.sound('short');
  await stage.of(call, 'uuid_park UUID');
  await stage.untilOf(call, 'CHANNEL_PARK');
  await stage.execute(call, 'endless_playback', short, 'PLAYBACK_STOP');
  await stage.execute(call, 'playback', '/nosuch.wav', 'CHANNEL_EXECUTE_COMPLETE');
  for (const way of WAYS_OUT) {
    await stage.of(call, way);
    await stage.untilOf(call, 'CHANNEL_PARK');
    await stage.execute(call, 'endless_playback', short, 'PLAYBACK_START');
  }
  await stage.of(call, 'uuid_transfer UUID conference:m-abcdefghijklmnop@partyline inline');
  await stage.untilOf(call, 'add-member');
  await stage.of(call, 'uuid_transfer UUID park inline');
  await stage.untilOf(call, 'CHANNEL_PARK');
  await stage.untilOf(call, 'del-member');
  await stage.until('conference-destroy');
  await stage.execute(call, 'loop_playback', `+2 ${short}`, 'CHANNEL_EXECUTE_COMPLETE');
  await stage.execute(call, 'sleep', '50', 'CHANNEL_EXECUTE_COMPLETE');
}
