import type { Scene } from '../scene.ts';
import type { Stage } from '../stage.ts';
import { ROOM } from '../stage.ts';

/** Questions about nothing: what the switch says when there are no calls. */
const IDLE = [
  'conference list',
  'conference count',
  'conference nowhere list',
  'conference json_list',
  'conference xml_list',
  'conference nowhere kick 1',
  'nosuchcommand',
  'uuid_exists nope',
  'uuid_kill nope',
  'uuid_getvar nope a',
];

/** Commands on a room of two. */
const IN_ROOM = [
  'count',
  'list count',
  'list pretty',
  'list delim ,',
  'mute #carol quiet',
  'unmute #carol quiet',
  'tmute #carol quiet',
  'tmute #carol quiet',
  'deaf #carol quiet',
  'undeaf #carol quiet',
  'hold #carol',
  'unhold #carol',
  'hold #dave',
  'unhold #dave',
  'volume_in #carol 2',
  'volume_out #carol -2',
  'volume_in #carol 9',
  'volume_in #carol up',
  'volume_in #carol 0',
  'volume_in #carol',
  'energy #carol',
  'energy #carol 300',
  'energy #carol 100',
  'mute 999',
  'mute abc',
  'mute last quiet',
  'kick 999',
  'lock',
  'get is_locked',
  'unlock',
  'get is_locked',
  'get rate',
  'get count',
  'get max_members',
  'get nothing_such',
  'set max_members 5',
  'set max_members 0',
  'setvar meeting abc',
  'getvar meeting',
  'getvar none',
  'dtmf #carol 88',
  'norecord FOLDER/none.wav',
  'chkrecord x',
  'recording check',
  'bogus',
  '',
  'mute all quiet',
  'unmute all quiet',
  'mute non_moderator quiet',
  'unmute non_moderator quiet',
  'transfer',
  'transfer elsewhere 999',
  'get-uuid #carol',
];

/** A room of two: every command on it, its lists, removals, its end. */
export const rooms: Scene = {
  name: 'rooms',
  events:
    'CHANNEL_PARK CHANNEL_ANSWER CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE CUSTOM conference::maintenance',
  async play(stage) {
    await stage.ask('version', (text) => text.slice(0, 'FreeSWITCH Version 1.'.length));
    for (const command of IDLE) await stage.say(command);
    const carol = await stage.joined('carol', 'moderator');
    const dave = await stage.joined('dave', 'mute');
    for (const command of IN_ROOM) await stage.command(command);
    for (const list of ['list', 'json_list', 'xml_list']) await stage.command(list);
    await stage.say('conference count');
    await removals(stage);
    await stage.of(dave, 'uuid_exists UUID');
    await stage.end(dave);
    await stage.left(carol);
    await stage.until('conference-destroy');
    await stage.say(`conference ${ROOM} list`);
  },
};

async function removals(stage: Stage): Promise<void> {
  const erin = await stage.joined('erin');
  await stage.command('hup #erin');
  await stage.untilOf(erin, 'del-member');
  await stage.end(erin);
  await stage.command('kick #dave');
  await stage.until('del-member', { 'Caller-Caller-ID-Name': 'dave' });
}
