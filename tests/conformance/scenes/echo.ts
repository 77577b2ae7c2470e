import type { Scene } from '../scene.ts';

/** A leg that hears itself: what ends that, and what waits for its end. */
export const echo: Scene = {
  name: 'echo',
  events: 'CHANNEL_PARK CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF',
  async play(stage) {
    const carol = await stage.answered('carol');
    await stage.execute(carol, 'delay_echo', '10001', 'CHANNEL_EXECUTE_COMPLETE');
    await stage.execute(carol, 'delay_echo', '1000', 'CHANNEL_EXECUTE');
    await stage.of(carol, 'uuid_break UUID all');
    await carol.phone.press('5');
    await stage.execute(carol, 'playback', stage.sound('short'));
    await stage.end(carol);
    const erin = await stage.answered('erin');
    await stage.execute(erin, 'delay_echo', '', 'CHANNEL_EXECUTE');
    await stage.left(erin);
  },
};
