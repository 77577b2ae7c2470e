import { unreachable } from '../../protocol/unreachable.ts';
import { say, stay } from './talk.ts';
import type { Before, Effect, Input, Setting, Step, Talk } from './talk.ts';

type Lobby = Extract<Before, { at: 'lobby' }>;

const MUSIC: Effect = { kind: 'music' };

export function isBefore(talk: Talk): talk is Before {
  return (
    talk.at === 'ringing' || talk.at === 'greeted' || talk.at === 'waiting' || talk.at === 'lobby'
  );
}

/** What a caller hears who stands before the room; nothing here asks the rules. */
export function whileBefore(talk: Before, input: Input, setting: Setting): Step {
  switch (talk.at) {
    case 'ringing':
    case 'greeted':
      return stay(talk);
    case 'waiting':
      return input.kind === 'said' || input.kind === 'again' ? [talk, [MUSIC]] : stay(talk);
    case 'lobby':
      return inLobby(talk, input, setting);
    default:
      return unreachable(talk);
  }
}

function inLobby(talk: Lobby, input: Input, setting: Setting): Step {
  switch (input.kind) {
    case 'said':
    case 'again':
      return [talk, [MUSIC]];
    case 'place':
      return placed({ ...talk, place: input.place }, setting);
    case 'key':
      // The hash key may still be the one that ended the code.
      return /^\d$/.test(input.key) ? tell(talk, setting) : stay(talk);
    case 'woke':
      return input.timer === 'place' && talk.place !== talk.told ? tell(talk, setting) : stay(talk);
    default:
      return stay(talk);
  }
}

/** The first place is told at once, the next ones as often as `placeMs` allows. */
function placed(talk: Lobby, setting: Setting): Step {
  return talk.told === undefined ? tell(talk, setting) : stay(talk);
}

/** Browsers show it. */
function tell(talk: Lobby, { guest, patience }: Setting): Step {
  const { place, told } = talk;
  if (place === undefined || guest.via === 'browser') return stay(talk);
  const where = { kind: 'lobby-place', place } as const;
  const words = told === undefined ? say({ kind: 'lobby' }, where) : say(where);
  return [
    { ...talk, told: place },
    [words, { kind: 'wake-in', timer: 'place', ms: patience.placeMs }],
  ];
}
