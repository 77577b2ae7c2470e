import { cutFile, endFile, startFile } from './app-playback.ts';
import type { AppState, Application } from './app-run.ts';
import type { Channel } from './channel.ts';
import { setVariable } from './channel.ts';
import type { SwitchNode } from './node.ts';
import { advance, stopPlaying } from './playing.ts';

type Looping = Extract<AppState, { kind: 'looping' }>;

/** `endless_playback path`: again and again; a break begins it anew, only leaving the channel ends it. */
export const endlessApp = looping((args) => ({ file: args, rounds: -1 }));

/** `loop_playback [+rounds ]path`; below zero for ever. */
export const loopApp = looping((args) => {
  const [, rounds, file] = /^\+(-?\d*)\S* *(.*)$/s.exec(args) ?? [];
  return {
    file: file ?? args,
    rounds: rounds === undefined ? 1 : Number.parseInt(rounds, 10) || 0,
  };
});

function looping(read: (args: string) => { file: string; rounds: number }): Application {
  return {
    needsMedia: true,
    start(node, channel, args) {
      const { file, rounds } = read(args);
      return nextRound(node, channel, { file, rounds });
    },
    on(node, channel, run, input) {
      if (run.state?.kind !== 'looping') return false;
      const { file, playing } = run.state;
      if (input.kind === 'break') {
        stopPlaying(node, playing);
        endFile(node, channel, { file, playing, status: 'break' });
      } else if (input.kind === 'play-ended' && input.ended.play === playing.play) {
        if (!advance(node, playing, input.ended)) return false;
        endFile(node, channel, { file, playing, status: 'done' });
        if (input.ended.why === 'not-playable') return failed(channel, 'PLAYBACK ERROR');
      } else return false;
      run.state = nextRound(node, channel, run.state);
      return run.state === undefined;
    },
    abort(node, channel, run) {
      if (run.state?.kind === 'looping') cutFile(node, channel, run.state);
    },
  };
}

/** Plays once more where a round is left; undefined where it is over. */
function nextRound(
  node: SwitchNode,
  channel: Channel,
  { file, rounds }: { readonly file: string; readonly rounds: number },
): Looping | undefined {
  setVariable(channel, 'current_application_response', 'FILE PLAYED');
  if (rounds === 0) return undefined;
  const playing = startFile(node, channel, file);
  if (playing !== undefined) {
    setVariable(channel, 'current_application_response');
    return { kind: 'looping', file, playing, rounds: rounds < 0 ? rounds : rounds - 1 };
  }
  failed(channel, 'FILE NOT FOUND');
  return undefined;
}

function failed(channel: Channel, response: string): true {
  setVariable(channel, 'current_application_response', response);
  return true;
}
