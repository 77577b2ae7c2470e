import { effect } from '@preact/signals';
import type { Notices } from '../style/notices.tsx';
import { words } from '../words/words.ts';
import type { Microphone, MicrophoneState } from './microphone.ts';

/** Says when the microphone is another than the person chose, when it is back, and when there is none. */
export function tellOfDevices(microphone: Microphone, notices: Notices): void {
  let before = microphone.state.peek();
  effect(() => {
    const state = microphone.state.value;
    const text = whatHappened(before, state, nameOf(microphone, state));
    before = state;
    if (text !== undefined) notices.warn(text);
  });
}

function whatHappened(
  before: MicrophoneState,
  state: MicrophoneState,
  now: string,
): string | undefined {
  const say = words('phone').devices;
  if (state.kind === 'trouble')
    return state.trouble.kind === 'microphone-unplugged' ? say.gone : undefined;
  if (state.kind !== 'on') return undefined;
  const gone = insteadOf(state);
  if (gone !== undefined && gone !== '' && gone !== insteadOf(before))
    return say.instead(gone, now);
  const wasAway = insteadOf(before) !== undefined || wasUnplugged(before);
  return gone === undefined && wasAway ? say.back(now) : undefined;
}

function insteadOf(state: MicrophoneState): string | undefined {
  return state.kind === 'on' ? state.insteadOf?.label : undefined;
}

function wasUnplugged(state: MicrophoneState): boolean {
  return state.kind === 'trouble' && state.trouble.kind === 'microphone-unplugged';
}

function nameOf({ devices }: Microphone, state: MicrophoneState): string {
  const { microphones } = devices.peek();
  const at = microphones.findIndex(({ id }) => state.kind === 'on' && id === state.deviceId);
  return microphones[at]?.label || words('phone').devices.microphoneNumber(at + 1);
}
