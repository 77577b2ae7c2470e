import { answer, negotiate, preAnswer, ringReady } from './answer.ts';
import type { AppInput, AppRun, AppState, Application } from './app-run.ts';
import type { Channel } from './channel.ts';
import { setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { toCause } from './hangup-cause.ts';
import { hangup } from './hangup.ts';
import type { SwitchNode } from './node.ts';

/** Applications of mod_dptools that are over at once or only wait. */

const NEVER_OVER = (): boolean => false;
const NOTHING_TO_ABORT = (): void => undefined;

/** `answer`: 200 with our SDP as soon as media is set up. */
export const answerApp = answering('answer');

/** `pre_answer`: early media. */
export const preAnswerApp = answering('pre-answer');

/** `ring_ready`: 180. */
export const ringReadyApp = instant(ringReady);

/** `set name=value` */
export const setApp = instant((_node, channel, args) => {
  const [name, value] = splitAssignment(args);
  if (name !== '') setVariable(channel, name, value);
});

/** `multiset name=value name=value` */
export const multisetApp = instant((_node, channel, args) => {
  for (const each of args.split(' ')) {
    const [name, value] = splitAssignment(each);
    if (name !== '') setVariable(channel, name, value);
  }
});

export const unsetApp = instant((_node, channel, args) => setVariable(channel, args.trim()));

/** `hangup [cause]` */
export const hangupApp = instant((node, channel, args) =>
  hangup(node, channel, toCause(args.trim() || undefined)),
);

/** `log` and `info`: this switch keeps its own log, so they do nothing. */
export const quietApp = instant(() => undefined);

/** `park`: waits for orders. Only a hang-up or a transfer ends it. */
export const parkApp: Application = {
  needsMedia: false,
  start(node, channel) {
    fireChannel(node, 'CHANNEL_PARK', channel);
    return { kind: 'parked' };
  },
  on: NEVER_OVER,
  abort: NOTHING_TO_ABORT,
};

/** `sleep milliseconds` */
export const sleepApp: Application = {
  needsMedia: false,
  start(node, _channel, args) {
    const ms = Number.parseInt(args, 10);
    if (!(ms > 0)) return undefined;
    const timer = node.world.uuid();
    node.after(timer, ms);
    return { kind: 'sleeping', timer };
  },
  on(_node, _channel, run, input) {
    if (input.kind === 'break') return true;
    return (
      input.kind === 'timer' && run.state?.kind === 'sleeping' && run.state.timer === input.timer
    );
  },
  abort: NOTHING_TO_ABORT,
};

function answering(then: 'answer' | 'pre-answer'): Application {
  return {
    needsMedia: false,
    start(node, channel): AppState | undefined {
      if (channel.media.kind !== 'ready') {
        negotiate(node, channel);
        return { kind: 'answering', then };
      }
      goOn(node, channel, then);
      return undefined;
    },
    on(node: SwitchNode, channel: Channel, _run: AppRun, input: AppInput): boolean {
      if (input.kind !== 'media-ready' || channel.media.kind !== 'ready') return false;
      goOn(node, channel, then);
      return true;
    },
    abort: NOTHING_TO_ABORT,
  };
}

function goOn(node: SwitchNode, channel: Channel, then: 'answer' | 'pre-answer'): void {
  if (then === 'answer') answer(node, channel);
  else preAnswer(node, channel);
}

function instant(act: (node: SwitchNode, channel: Channel, args: string) => void): Application {
  return {
    needsMedia: false,
    start(node, channel, args) {
      act(node, channel, args);
      return undefined;
    },
    on: NEVER_OVER,
    abort: NOTHING_TO_ABORT,
  };
}

/** `name=value`, or `name,value` as FreeSWITCH also takes it. */
function splitAssignment(text: string): [string, string | undefined] {
  const at = text.includes('=') ? text.indexOf('=') : text.indexOf(',');
  if (at < 0) return [text.trim(), undefined];
  return [text.slice(0, at).trim(), text.slice(at + 1)];
}
