import type { Scene } from '../scene.ts';

/** Who does not hear whom, word for word; a relation is gone with the member that has it. */
const SAID = [
  'relate',
  'relate #carol',
  'relate #carol #dave',
  'relate #carol #dave deafen',
  'relate #carol #dave nohear',
  'relate #carol #dave nohear',
  'relate #carol',
  'relate #dave',
  'relate 0',
  'relate #dave #carol nospeak',
  'relate #carol,#dave',
  'relate #carol #erin nospeaknohear',
  'relate #carol,#dave #erin,#carol nohear',
  'relate #erin 0 nohear',
  'relate #erin 999 nohear',
  'relate 999 #erin nohear',
  'relate 999 #erin clear',
  'relate #erin 999 clear',
  'relate #erin #carol clear',
  'relate #carol #dave,#erin CLEAR',
  'relate #carol',
];

export const relations: Scene = {
  name: 'relations',
  events:
    'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE CUSTOM conference::maintenance',
  async play(stage) {
    const carol = await stage.joined('carol', 'mute');
    const dave = await stage.joined('dave', 'mute');
    const erin = await stage.joined('erin', 'mute');
    for (const each of SAID) await stage.command(each);
    await stage.command('relate #erin #dave nohear');
    await stage.left(dave);
    await stage.command('relate #erin');
    await stage.left(erin);
    await stage.command('relate #carol');
    await stage.left(carol);
    await stage.until('conference-destroy');
  },
};
