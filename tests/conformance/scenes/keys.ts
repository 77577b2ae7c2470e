import type { Scene } from '../scene.ts';
import type { Call, Stage } from '../stage.ts';

/** `play_and_get_digits` as the bridge asks, and the keys that follow; `.` waits for the time-out. */
const ASKED: readonly (readonly [string, string])[] = [
  ['1 10 1 5000 # LONG silence_stream://100 partyline_digits \\d+ 2000', '123#'],
  ['1 4 1 5000 # LONG silence_stream://100 partyline_digits \\d+ 2000', '1234'],
  ['1 4 1 5000 # silence silence_stream://100 partyline_digits \\d+ 1000', '12.'],
  ['1 4 1 1000 # silence silence_stream://100 partyline_digits \\d+ 1000', '.'],
  ['1 4 1 1000 # SHORT SHORT partyline_digits \\d+ 1000', '.'],
  ['1 4 2 1000 # SHORT SHORT partyline_digits \\d+ 1000', '.'],
  ['1 4 1 2000 # silence silence_stream://100 partyline_digits \\d+ 1000', '#'],
  ['4 6 1 2000 # silence silence_stream://100 partyline_digits \\d+ 1000', '12#'],
  ['1 4 1 2000 # silence silence_stream://100 partyline_digits \\d+ 1000', '*1#'],
  ['1 4 1 2000 *# silence silence_stream://100 partyline_digits \\d+ 1000', '7*'],
  ['1 4 1 2000 # /nosuch.wav /nosuch.wav partyline_digits \\d+ 1000', '5#'],
];

const EVENTS =
  'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF PLAYBACK_START PLAYBACK_STOP CUSTOM conference::maintenance';

/** Keys on a parked leg: RFC 4733 and SIP INFO, while sounds play, and collected. */
export const keys: Scene = {
  name: 'keys',
  events: EVENTS,
  async play(stage) {
    const carol = await stage.answered('carol');
    for (const key of '05*#A') await stage.press(carol, key);
    for (const type of ['application/dtmf-relay', 'application/dtmf'] as const) {
      await carol.phone.press('6', type);
      await stage.untilOf(carol, 'DTMF');
    }
    await overSounds(stage, carol);
    for (const [argument, typed] of ASKED) await collect(stage, carol, { argument, typed });
    await broken(stage, carol);
    const unheard = '1 4 1 9000 # LONG silence_stream://100 partyline_digits \\d+ 1000';
    await stage.execute(carol, 'play_and_get_digits', soundsIn(stage, unheard), 'PLAYBACK_START');
    await stage.left(carol);
  },
};

/** Keys of a member, who is muted, deaf, held. */
export const memberKeys: Scene = {
  name: 'member-keys',
  events: EVENTS,
  async play(stage) {
    const carol = await stage.joined('carol', 'mute');
    await stage.press(carol, '1');
    await carol.phone.press('2', 'application/dtmf-relay');
    await stage.untilOf(carol, 'DTMF');
    for (const command of ['deaf #carol', 'hold #carol']) {
      await stage.command(command);
      await stage.press(carol, '3');
    }
    await stage.command('unhold #carol');
    for (const key of '*6') await stage.press(carol, key);
    await stage.left(carol);
    await stage.until('conference-destroy');
  },
};

/** A break ends the prompt, and then the asking. */
async function broken(stage: Stage, call: Call): Promise<void> {
  const asked = '1 4 1 1000 # LONG silence_stream://100 partyline_digits \\d+ 1000';
  await stage.execute(call, 'play_and_get_digits', soundsIn(stage, asked), 'PLAYBACK_START');
  await stage.of(call, 'uuid_break UUID');
  await stage.completed(call, 'play_and_get_digits');
}

async function overSounds(stage: Stage, call: Call): Promise<void> {
  await stage.execute(call, 'playback', stage.sound('long'), 'PLAYBACK_START');
  await stage.press(call, '5');
  await stage.press(call, '*');
  await stage.completed(call, 'playback');
  await stage.of(call, 'uuid_getvar UUID playback_terminator_used');
  for (const terminators of ['none', '12#', 'any']) {
    await stage.of(call, `uuid_setvar UUID playback_terminators ${terminators}`);
    await stage.execute(call, 'playback', stage.sound('long'), 'PLAYBACK_START');
    await stage.press(call, '3');
    if (terminators !== 'any') await stage.press(call, '#');
    if (terminators === 'none') await stage.of(call, 'uuid_break UUID');
    await stage.completed(call, 'playback');
  }
  await stage.of(call, 'uuid_setvar UUID playback_terminators');
}

async function collect(
  stage: Stage,
  call: Call,
  asked: { readonly argument: string; readonly typed: string },
): Promise<void> {
  const argument = soundsIn(stage, asked.argument);
  await stage.execute(call, 'play_and_get_digits', argument);
  if (argument.includes('.wav') && !argument.includes('/nosuch'))
    await stage.untilOf(call, 'PLAYBACK_START');
  for (const key of asked.typed.replace('.', '')) await stage.press(call, key);
  await stage.completed(call, 'play_and_get_digits');
  for (const name of ['partyline_digits', 'partyline_digits_invalid', 'read_terminator_used'])
    await stage.of(call, `uuid_getvar UUID ${name}`);
}

function soundsIn(stage: Stage, argument: string): string {
  return argument.replaceAll('LONG', stage.sound('long')).replaceAll('SHORT', stage.sound('short'));
}
