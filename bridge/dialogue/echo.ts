import { end } from './farewell.ts';
import { say, stay } from './talk.ts';
import type { Input, Setting, Step, Talk } from './talk.ts';

type Echo = Extract<Talk, { at: 'echo' }>;

/** Somebody tries their line. Phones hear what comes; browsers show it. */
export function tryLine(setting: Setting): Step {
  if (setting.guest.via === 'browser') return playBack(setting);
  return [{ at: 'echo', told: false }, [say({ kind: 'echo-test' })]];
}

/** FreeSWITCH's echo hears no orders, so the end of it is the end of the call. */
export function whileTrying(talk: Echo, input: Input, setting: Setting): Step {
  switch (input.kind) {
    case 'said':
      return talk.told ? stay(talk) : playBack(setting);
    case 'woke':
      return input.timer === 'limit' ? end('NORMAL_CLEARING') : stay(talk);
    case 'again':
      return end('NORMAL_CLEARING');
    default:
      return stay(talk);
  }
}

function playBack({ patience }: Setting): Step {
  return [
    { at: 'echo', told: true },
    [{ kind: 'echo' }, { kind: 'wake-in', timer: 'limit', ms: patience.echoMs }],
  ];
}
