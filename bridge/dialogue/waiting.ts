import { turnedDown } from './door.ts';
import { whileBefore } from './music.ts';
import type { Admitting, Before, Input, Setting, Step } from './talk.ts';

type Waiting = Extract<Before, { at: 'waiting' }>;
type Lobby = Extract<Before, { at: 'lobby' }>;

/** For the meeting to start, or for a moderator: whatever may let them in asks the rules again. */
export function whileWaiting(talk: Waiting, input: Input, setting: Setting): Step {
  const looks = input.kind === 'woke' && input.timer === 'look';
  if (looks || input.kind === 'reconsider') return ask(talk, false);
  return whileBefore(talk, input, setting);
}

/** For a moderator to let them in or to send them away. */
export function whileInLobby(talk: Lobby, input: Input, setting: Setting): Step {
  switch (input.kind) {
    case 'admitted':
      return ask(talk, true);
    case 'refused':
      return turnedDown(talk, setting);
    case 'reconsider':
      return ask(talk, false);
    default:
      return whileBefore(talk, input, setting);
  }
}

function ask(before: Waiting | Lobby, admitted: boolean): Step {
  const named = before.at === 'lobby' || before.named;
  const talk: Admitting = { at: 'admitting', before, admitted, named, stale: false };
  return [talk, [{ kind: 'admit', admitted }]];
}
