import { dropFile, endFile, startFile } from './app-playback.ts';
import type { AppRun, AppState, Application } from './app-run.ts';
import type { Channel } from './channel.ts';
import { setVariable } from './channel.ts';
import type { CollectEffect, CollectInput, CollectStep, DigitRequest } from './digit-collector.ts';
import { startCollecting, stepCollecting } from './digit-collector.ts';
import type { SwitchNode } from './node.ts';
import { advance, stopPlaying } from './playing.ts';
import { separateString } from './separate-string.ts';

type CollectingState = Extract<AppState, { kind: 'collecting' }>;

/**
 * `play_and_get_digits min max tries timeout terminators file invalid_file variable regexp
 * digit_timeout` (mod_dptools.c). A digit cuts the prompt off.
 */
export const digitsApp: Application = {
  needsMedia: true,
  start(node, channel, args) {
    const step = startCollecting(toRequest(args));
    const state: CollectingState = {
      kind: 'collecting',
      timers: `digits ${node.world.uuid()} `,
      collecting: step[0],
      prompt: undefined,
    };
    settle(node, channel, state, step);
    return state.collecting.stage === 'over' ? undefined : state;
  },
  on(node, channel, run, input) {
    const state = stateOf(run);
    if (state === undefined) return false;
    switch (input.kind) {
      case 'digit':
      case 'break':
        settle(node, channel, state, stepCollecting(state.collecting, input));
        break;
      case 'play-ended':
        if (input.ended.play !== state.prompt?.playing.play) return false;
        if (!advance(node, state.prompt.playing, input.ended)) return false;
        endFile(node, channel, { ...state.prompt, status: 'done' });
        state.prompt = undefined;
        settle(node, channel, state, stepCollecting(state.collecting, { kind: 'sound-over' }));
        break;
      case 'timer': {
        const timeout = toTimeout(state, input.timer);
        if (timeout === undefined) return false;
        settle(node, channel, state, stepCollecting(state.collecting, timeout));
        break;
      }
      default:
        return false;
    }
    return state.collecting.stage === 'over';
  },
  abort(node, channel, run) {
    const state = stateOf(run);
    if (state?.prompt !== undefined) dropFile(node, channel, state.prompt);
  },
};

/** Carries out one step. */
function settle(
  node: SwitchNode,
  channel: Channel,
  state: CollectingState,
  [next, effects]: CollectStep,
): void {
  state.collecting = next;
  for (const effect of effects) {
    carryOut(node, channel, state, effect);
  }
  const silent = next.stage === 'prompting' || next.stage === 'correcting';
  if (silent && state.prompt === undefined) {
    settle(node, channel, state, stepCollecting(next, { kind: 'no-sound' }));
  }
}

function carryOut(
  node: SwitchNode,
  channel: Channel,
  state: CollectingState,
  effect: CollectEffect,
): void {
  switch (effect.kind) {
    case 'set':
      setVariable(channel, effect.name, effect.value);
      break;
    case 'play': {
      const playing = startFile(node, channel, effect.file);
      state.prompt = playing === undefined ? undefined : { file: effect.file, playing };
      break;
    }
    case 'stop-sound':
      cutPrompt(node, channel, state);
      break;
    case 'wait':
      node.after(`${state.timers}${effect.wait}`, effect.ms);
      break;
  }
}

function cutPrompt(node: SwitchNode, channel: Channel, state: CollectingState): void {
  if (state.prompt === undefined) return;
  stopPlaying(node, state.prompt.playing);
  endFile(node, channel, { ...state.prompt, status: 'break' });
  state.prompt = undefined;
}

function toTimeout(state: CollectingState, timer: string): CollectInput | undefined {
  if (!timer.startsWith(state.timers)) return undefined;
  return { kind: 'timeout', wait: Number(timer.slice(state.timers.length)) };
}

function stateOf(run: AppRun): CollectingState | undefined {
  return run.state?.kind === 'collecting' ? run.state : undefined;
}

function toRequest(args: string): DigitRequest {
  const words = separateString(args, 11);
  const minDigits = Math.max(0, toNumber(words[0]));
  const timeoutMs = Math.max(1000, toNumber(words[3]));
  return {
    minDigits,
    maxDigits: Math.max(minDigits, toNumber(words[1])),
    tries: toNumber(words[2]),
    timeoutMs,
    digitTimeoutMs: toNumber(words[9]) || timeoutMs,
    terminators: words[4] || '#',
    prompt: words[5] ?? '',
    badInput: words[6] ?? '',
    variable: words[7] ?? '',
    pattern: words[8] ?? '',
  };
}

function toNumber(text: string | undefined): number {
  const number = Number.parseInt(text ?? '0', 10);
  return Number.isFinite(number) ? number : 0;
}
