import type { Scene } from '../scene.ts';
import type { Stage } from '../stage.ts';
import { ROOM } from '../stage.ts';

const EVENTS =
  'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE CUSTOM conference::maintenance';

/** Sounds to the room and to one member, stopped and refused. */
export const plays: Scene = {
  name: 'plays',
  events: EVENTS,
  async play(stage) {
    const [short, long] = [stage.sound('short'), stage.sound('long')];
    const carol = await stage.joined('carol');
    const dave = await stage.joined('dave', 'mute|deaf');
    const row = `file_string://${short}!${short}`;
    for (const [file, suffix] of [
      [short, '#carol'],
      [short, '#dave'],
      [short, '#carol nomux'],
      [row, '#carol'],
    ] as const) {
      await stage.command(`play ${file} ${suffix}`);
      await stage.until('play-file-member-done', { File: file });
    }
    for (const which of ['current', 'all', 'async']) {
      await stage.command(`play ${long} #dave`);
      await stage.command(`stop ${which} #dave`);
      await stage.untilOf(dave, 'play-file-member-done', { File: long });
    }
    for (let times = 0; times < 2; times++) await stage.command(`play ${long} #dave`);
    for (const which of ['last #dave', '#dave', 'all #dave']) await stage.command(`stop ${which}`);
    for (let times = 0; times < 2; times++)
      await stage.untilOf(dave, 'play-file-member-done', { File: long });
    for (const refused of ['/nosuch.wav #carol', `${short} 999`, '/nosuch.wav', ''])
      await stage.command(`play ${refused}`.trim());
    await toRoom(stage);
    await stage.execute(dave, 'playback', short, 'CHANNEL_EXECUTE_COMPLETE');
    await stage.left(dave);
    await stage.left(carol);
    await stage.until('conference-destroy');
  },
};

async function toRoom(stage: Stage): Promise<void> {
  const [short, long] = [stage.sound('short'), stage.sound('long')];
  await stage.command(`play ${short}`);
  await stage.until('play-file-done');
  await stage.command(`play ${short} async`);
  await stage.until('play-file-done');
  for (const how of ['', ' async']) await stage.command(`play ${long}${how}`);
  await stage.command('stop async');
  await stage.until('play-file-done', { Async: 'true' });
  await stage.command('stop current');
  await stage.until('play-file-done');
  for (let times = 0; times < 2; times++) await stage.command(`play ${long}`);
  await stage.command('stop all');
  for (let times = 0; times < 2; times++) await stage.until('play-file-done');
  await stage.command('stop');
  await stage.command('stop all 999');
}

/** What the flags at the door mean, and who is turned away. */
export const flags: Scene = {
  name: 'flags',
  events: EVENTS,
  async play(stage) {
    await muteDetect(stage);
    await turnedAway(stage);
    await ends(stage);
  },
};

/** Whoever is muted and talks is told of, where the flag asks for it. */
async function muteDetect(stage: Stage): Promise<void> {
  const carol = await stage.joined('carol', 'moderator|mute|mute-detect');
  await stage.until('mute-detect');
  await stage.command('unmute #carol quiet');
  await stage.until('unmute-member');
  await stage.command('mute #carol quiet');
  await stage.until('mute-detect');
  await stage.command('json_list');
  await stage.left(carol);
  await stage.until('conference-destroy');
}

async function turnedAway(stage: Stage): Promise<void> {
  const early = await stage.answered('early');
  await stage.execute(
    early,
    'conference',
    `${ROOM}@partyline+flags{join-only}`,
    'rejected-join-only',
  );
  stage.note(`early heard BYE ${await early.phone.reasonOf('BYE')}`);
  const carol = await stage.joined('carol', 'nomoh|dist-dtmf|nosuchflag');
  await stage.command('lock');
  const dave = await stage.answered('dave');
  await stage.execute(dave, 'conference', `${ROOM}@partyline`, 'CHANNEL_EXECUTE_COMPLETE');
  await stage.of(dave, 'uuid_exists UUID');
  await stage.command('unlock');
  await stage.command('set max_members 2');
  await stage.join(dave, 'ghost');
  await stage.command('count');
  await stage.command('get count_ghosts');
  await stage.command('list');
  const erin = await stage.joined('erin');
  const frank = await stage.answered('frank');
  await stage.execute(frank, 'conference', `${ROOM}@partyline`, 'CHANNEL_EXECUTE_COMPLETE');
  await stage.end(frank);
  for (const call of [erin, dave, carol]) await stage.left(call);
  await stage.until('conference-destroy');
}

/** Who takes the room along when leaving. */
async function ends(stage: Stage): Promise<void> {
  const host = await stage.joined('host', 'endconf');
  const guest = await stage.joined('guest');
  await stage.left(host);
  stage.note(`guest heard BYE ${await guest.phone.reasonOf('BYE')}`);
  await stage.untilOf(guest, 'CHANNEL_HANGUP_COMPLETE');
  await stage.until('conference-destroy');
}

/** From one room to another, and kicked where nothing is left to do. */
export const moves: Scene = {
  name: 'moves',
  events: EVENTS,
  async play(stage) {
    const carol = await stage.joined('carol', 'mute');
    await stage.command('transfer m-zyxwvutsrqponmlk@partyline #carol');
    await stage.untilOf(carol, 'add-member');
    await stage.until('conference-destroy');
    await stage.command('list', 'm-zyxwvutsrqponmlk');
    await stage.command('kick all', 'm-zyxwvutsrqponmlk');
    stage.note(`carol heard BYE ${await carol.phone.reasonOf('BYE')}`);
    await stage.untilOf(carol, 'CHANNEL_HANGUP_COMPLETE');
    await stage.until('conference-destroy');
  },
};
