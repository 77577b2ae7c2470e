import { unreachable } from '../../protocol/unreachable.ts';
import { whileAdmitting } from './door.ts';
import { tryLine, whileTrying } from './echo.ts';
import { dismiss, end, part, whileDismissed, whileLeaving } from './farewell.ts';
import { invite, whileInvited } from './invitation.ts';
import { whileBefore } from './music.ts';
import { whileInLobby, whileWaiting } from './waiting.ts';
import { whileNaming } from './name.ts';
import { greet, whileLookingUp, whileTyping } from './reception.ts';
import { say, stay } from './talk.ts';
import type { Before, Effect, Entry, Input, Setting, Step, Talk } from './talk.ts';

/** How a caller comes to us, or is found by a bridge that started anew. */
export type Beginning =
  | { readonly kind: 'reception' }
  | { readonly kind: 'invitation'; readonly by?: string }
  /** `found`: by a bridge that started anew, in the midst of it. */
  | { readonly kind: 'echo'; readonly found: boolean }
  /** Belongs to a meeting; `before` is where they stood when they were found. */
  | {
      readonly kind: 'meeting';
      readonly before: Before;
      readonly named: boolean;
      readonly admitted: boolean;
    }
  /** Was inside, at a node that it had to leave. */
  | { readonly kind: 'back' }
  /** Was being told why the call ends. */
  | { readonly kind: 'leaving' };

export function begin(beginning: Beginning, setting: Setting): Step {
  switch (beginning.kind) {
    case 'reception':
      return greet();
    case 'invitation':
      return invite(beginning.by);
    case 'echo':
      return beginning.found ? end('NORMAL_CLEARING') : tryLine(setting);
    case 'meeting': {
      const { before, named, admitted } = beginning;
      const [, heard] = whileBefore(before, { kind: 'again' }, setting);
      const place = { kind: 'wake-in', timer: 'place', ms: setting.patience.foundMs } as const;
      return [
        { at: 'admitting', before, admitted, named, stale: false },
        [...heard, ...(before.at === 'lobby' ? [place] : []), { kind: 'admit', admitted }],
      ];
    }
    case 'back':
      return askAgain(true, { at: 'ringing' });
    case 'leaving':
      return part(setting, { kind: 'goodbye' });
    default:
      return unreachable(beginning);
  }
}

/** The next step of a caller's way. What comes out of turn changes nothing. */
export function converse(talk: Talk, input: Input, setting: Setting): Step {
  if (input.kind === 'dismissed') return dismiss(talk, input.why, setting);
  switch (talk.at) {
    case 'code':
      return whileTyping(talk, input, setting);
    case 'looking-up':
      return whileLookingUp(talk, input, setting);
    case 'admitting':
      return whileAdmitting(talk, input, setting);
    case 'naming':
      return whileNaming(talk, input);
    case 'waiting':
      return whileWaiting(talk, input, setting);
    case 'lobby':
      return whileInLobby(talk, input, setting);
    case 'invitation':
      return whileInvited(talk, input, setting);
    case 'echo':
      return whileTrying(talk, input, setting);
    case 'entering':
      return whileEntering(talk, input);
    default:
      return afterwards(talk, input, setting);
  }
}

function afterwards(talk: Talk, input: Input, setting: Setting): Step {
  if (talk.at === 'dismissed') return whileDismissed(talk, input, setting);
  if (talk.at === 'farewell') return whileLeaving(talk, input);
  // However it ended, nobody is left parked after a room.
  return talk.at === 'inside' && input.kind === 'left-room' ? end('NORMAL_CLEARING') : stay(talk);
}

/** Words take seconds: who was banned meanwhile, or whose meeting ended, is not let in by them. */
function whileEntering(talk: Extract<Talk, { at: 'entering' }>, input: Input): Step {
  switch (input.kind) {
    case 'said':
      return talk.stale ? askAgain(talk.admitted) : [{ at: 'inside' }, [joining(talk.entry)]];
    case 'reconsider':
      return stay({ ...talk, stale: true });
    case 'again':
      return [talk, [say(...talk.says)]];
    default:
      return stay(talk);
  }
}

function joining(entry: Entry): Effect {
  return { kind: 'join', entry };
}

function askAgain(admitted: boolean, before: Before = { at: 'greeted' }): Step {
  const told = { told: true, before, named: true, stale: false } as const;
  return [{ at: 'admitting', admitted, ...told }, [{ kind: 'admit', admitted }]];
}
