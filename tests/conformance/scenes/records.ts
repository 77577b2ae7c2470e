import type { Scene } from '../scene.ts';
import type { Call, Stage } from '../stage.ts';

/** A leg's own voice, recorded by the application `record`, and a room's by `conference … record`. */
export const records: Scene = {
  name: 'records',
  events:
    'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF RECORD_START RECORD_STOP CUSTOM conference::maintenance',
  async play(stage) {
    const carol = await stage.answered('carol');
    await ofLeg(stage, carol);
    await ofRoom(stage, carol);
    const erin = await stage.answered('erin');
    await stage.execute(erin, 'record', '/proc/nosuch/name.wav 5', 'CHANNEL_HANGUP_COMPLETE');
    stage.note(`erin heard BYE ${await erin.phone.reasonOf('BYE')}`);
  },
};

async function ofLeg(stage: Stage, call: Call): Promise<void> {
  const { folder } = stage.engine;
  await stage.execute(call, 'record', `${folder}/limit.wav 1`, 'CHANNEL_EXECUTE_COMPLETE');
  await stage.execute(call, 'record', `${folder}/star.wav 9`, 'RECORD_START');
  await stage.press(call, '#');
  await stage.press(call, '*');
  await stage.completed(call, 'record');
  await stage.of(call, 'uuid_setvar UUID playback_terminators #');
  await stage.execute(call, 'record', `${folder}/hash.wav 9`, 'RECORD_START');
  await stage.press(call, '#');
  await stage.completed(call, 'record');
  await stage.execute(call, 'record', `${folder}/break.wav 9`, 'RECORD_START');
  await stage.of(call, 'uuid_break UUID');
  await stage.completed(call, 'record');
  call.phone.rtp.toneHz = undefined;
  await stage.execute(call, 'record', `${folder}/silence.wav 9 200 1`, 'CHANNEL_EXECUTE_COMPLETE');
  await stage.of(call, 'uuid_getvar UUID silence_hits_exhausted');
  call.phone.rtp.toneHz = 400;
  await stage.execute(call, 'playback', `${folder}/limit.wav`, 'CHANNEL_EXECUTE_COMPLETE');
}

async function ofRoom(stage: Stage, call: Call): Promise<void> {
  const path = `${stage.engine.folder}/room.wav`;
  await stage.join(call);
  await stage.command('recording check');
  await stage.command(`recording start ${path}`);
  await stage.until('start-recording');
  await stage.command('recording check');
  await stage.command(`chkrecord`);
  await stage.command(`recording start ${path}`);
  await stage.command('json_list');
  await stage.command(`recording stop ${path}`);
  await stage.until('stop-recording');
  await stage.command(`record ${path}`);
  await stage.until('start-recording');
  await stage.command('norecord all');
  await stage.until('stop-recording');
  await stage.command(`play ${path}`);
  await stage.until('play-file');
  await stage.command('stop all');
  await stage.until('play-file-done');
  await stage.left(call);
  await stage.until('conference-destroy');
}
