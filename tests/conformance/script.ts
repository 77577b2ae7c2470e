import type { Headers } from '../support/esl-client.ts';
import type { SipCaller } from '../support/sip-caller.ts';
import { Stage } from './stage.ts';

/** A switch to play the script against: the embedded one or a real FreeSWITCH. */
export interface Engine {
  readonly eslPort: number;
  readonly password: string;
  /** `host:port` where it takes calls. */
  readonly sip: string;
  /** A folder with the spoken prompts, as the engine sees it. */
  readonly prompts: string;
}

export interface Exchange {
  readonly said: string;
  readonly reply: string;
}

/** What was said to the switch with what it replied, and every event meanwhile, in order. */
export interface Transcript {
  readonly exchanges: readonly Exchange[];
  readonly events: readonly Headers[];
}

const ROOM = 'm-abcdefghijklmnop';
/** Questions about nothing: what the switch says when there are no calls. */
const IDLE = [
  'conference list',
  'conference nowhere list',
  'conference json_list',
  'conference nowhere kick 1',
  'nosuchcommand',
  'uuid_exists nope',
  'uuid_kill nope',
  'uuid_getvar nope a',
];

/** Commands on a room of two; `1` and `2` stand for the members in the order of joining. */
const IN_ROOM = [
  'count',
  'list count',
  'list pretty',
  'mute 1 quiet',
  'unmute 1 quiet',
  'deaf 1',
  'undeaf 1',
  'hold 1',
  'unhold 1',
  'volume_in 1 2',
  'volume_out 1 -2',
  'volume_in 1 9',
  'volume_in 1 0',
  'mute 999',
  'mute abc',
  'kick 999',
  'lock',
  'get is_locked',
  'unlock',
  'get is_locked',
  'get rate',
  'setvar meeting abc',
  'getvar meeting',
  'getvar none',
  'dtmf 1 88',
  'play /nosuch.wav',
  'norecord /tmp/none.wav',
  'chkrecord x',
  'bogus',
  'mute all',
  'unmute all',
];

/** Plays the whole script; leaves no call behind. */
export async function play(engine: Engine): Promise<Transcript> {
  const stage = await Stage.open(engine);
  try {
    await stage.log('version', (text) => text.slice(0, 'FreeSWITCH Version 1.'.length));
    for (const command of IDLE) await stage.say(command);
    await refusal(stage);
    await roomOfTwo(stage);
  } finally {
    stage.close();
  }
  return stage.transcript;
}

/** A call that is never answered: parked, asked about, turned away. */
async function refusal(stage: Stage): Promise<void> {
  const caller = await stage.caller('carol');
  const answer = caller.call(ROOM);
  const uuid = await stage.parked();
  await stage.say(`uuid_exists ${uuid}`);
  await stage.say(`uuid_getvar ${uuid} sip_h_X-Partyline`);
  await stage.say(`uuid_getvar ${uuid} nothing_such`);
  await stage.say(`uuid_kill ${uuid} USER_BUSY`, 'CHANNEL_HANGUP_COMPLETE');
  stage.note(`the caller got ${(await answer).status}`);
}

async function roomOfTwo(stage: Stage): Promise<void> {
  const first = await joined(stage, 'carol', 'moderator');
  const second = await joined(stage, 'dave', 'mute');
  for (const command of IN_ROOM) await stage.command(ROOM, command);
  await stage.list(ROOM);
  await stage.command(ROOM, 'kick 2', 'del-member');
  await stage.say(`uuid_exists ${second.uuid}`);
  await stage.say(`uuid_kill ${second.uuid}`, 'CHANNEL_HANGUP_COMPLETE');
  first.caller.hangUp();
  await stage.untilEvents(['conference-destroy', 'CHANNEL_HANGUP_COMPLETE']);
  await stage.say(`conference ${ROOM} list`);
}

async function joined(
  stage: Stage,
  user: string,
  flag: string,
): Promise<{ caller: SipCaller; uuid: string }> {
  const caller = await stage.caller(user);
  const answer = caller.call(ROOM);
  const uuid = await stage.parked();
  await stage.execute(uuid, 'answer');
  stage.note(`the caller got ${(await answer).status}`);
  stage.speak(caller);
  await stage.execute(uuid, 'playback', `${stage.engine.prompts}/goodbye.wav`);
  await stage.execute(uuid, 'playback', '/nosuch.wav');
  await stage.execute(uuid, 'conference', `${ROOM}@partyline+flags{${flag}}`, 'add-member');
  return { caller, uuid };
}
