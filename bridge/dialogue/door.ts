import type { RoomRules } from '../../protocol/call/admission.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { REFUSAL_CAUSE, REFUSAL_SAYING, end, part } from './farewell.ts';
import { askName } from './name.ts';
import { isBefore, whileBefore } from './music.ts';
import { say, stay } from './talk.ts';
import type { Admitting, Before, Effect, Entry, Input, LeftLobby, Setting, Step } from './talk.ts';

type Answer = Extract<Input, { kind: 'admission' }>;
type Refusal = Extract<Answer['admission'], { kind: 'refuse' }>;

const NO_CALLER_WAITS: Effect = { kind: 'let-sleep', timer: 'look' };

/** The rules are thinking: what happens meanwhile, and what their answer brings. */
export function whileAdmitting(talk: Admitting, input: Input, setting: Setting): Step {
  switch (input.kind) {
    case 'admission':
      return answered(talk, input, setting);
    case 'impossible':
      return failed(talk, setting);
    case 'elsewhere':
      return sentOn(talk, setting);
    case 'reconsider':
      return stay({ ...talk, stale: true });
    case 'admitted':
      return [{ ...talk, admitted: true, stale: true }, []];
    case 'refused':
      return turnedDown(talk.before, setting);
    default:
      return meanwhile(talk, input, setting);
  }
}

/** A moderator will not have them. */
export function turnedDown(before: Before, setting: Setting): Step {
  return leaving(before, 'refused', part(setting, { kind: 'refused' }));
}

function meanwhile(talk: Admitting, input: Input, setting: Setting): Step {
  const [before, effects] = whileBefore(talk.before, input, setting);
  return isBefore(before) ? [{ ...talk, before }, effects] : [before, effects];
}

function answered(talk: Admitting, answer: Answer, setting: Setting): Step {
  const { admission, rules } = answer;
  // It may be out of date to their harm, or to ours: they were banned, or the room locked, meanwhile.
  if (talk.stale && admission.kind !== 'refuse')
    return [{ ...talk, stale: false }, [{ kind: 'admit', admitted: talk.admitted }]];
  switch (admission.kind) {
    case 'refuse':
      return refused(talk, admission, setting);
    case 'wait':
      return wait(talk, admission.why, setting);
    case 'lobby':
      if (mustSayName(talk, rules, setting)) return askName(talk);
      return lobby(talk.before, admission, setting);
    default:
      if (mustSayName(talk, rules, setting)) return askName(talk);
      return enter(talk, admission, answer, setting);
  }
}

function mustSayName({ named }: Admitting, rules: RoomRules, { guest }: Setting): boolean {
  return rules.askName && guest.nameless && guest.via === 'phone' && !named;
}

/** Whoever is in the lobby stays there while the room is full or locked. */
function refused({ before }: Admitting, { why }: Refusal, setting: Setting): Step {
  if (before.at === 'ringing') return end(REFUSAL_CAUSE[why]);
  if (before.at === 'lobby' && (why === 'full' || why === 'locked')) return stay(before);
  const reason = why === 'ended' || why === 'unknown' ? 'meeting-ended' : 'refused';
  return leaving(before, reason, part(setting, REFUSAL_SAYING[why]));
}

function failed({ before }: Admitting, setting: Setting): Step {
  if (before.at === 'ringing') return end('NORMAL_TEMPORARY_FAILURE');
  if (before.at === 'waiting') return [before, [looksIn(setting)]];
  // In the lobby a moderator, or the next change, asks again.
  if (before.at === 'lobby') return stay(before);
  return part(setting, { kind: 'try-later' });
}

/** A call that was not answered has no dialog yet that could be taken elsewhere: the caller tries again. */
function sentOn(talk: Admitting, setting: Setting): Step {
  const { at } = talk.before;
  return at === 'ringing' || at === 'lobby'
    ? failed(talk, setting)
    : [{ at: 'gone' }, [NO_CALLER_WAITS, { kind: 'send-on' }]];
}

function leaving(before: Before, reason: LeftLobby, [talk, effects]: Step): Step {
  return before.at === 'lobby'
    ? [talk, [{ kind: 'leave-lobby', reason }, ...effects]]
    : [talk, effects];
}

const WAITING = {
  'not-started': { kind: 'not-started' },
  'no-moderator': { kind: 'waiting-for-moderator' },
} as const satisfies Record<string, Saying>;

function looksIn({ patience }: Setting): Effect {
  return { kind: 'wake-in', timer: 'look', ms: patience.lookMs };
}

function wait({ before, named }: Admitting, why: keyof typeof WAITING, setting: Setting): Step {
  const look = looksIn(setting);
  if (before.at === 'waiting' && before.why === why) return [before, [look]];
  const left: readonly Effect[] =
    before.at === 'lobby' ? [{ kind: 'leave-lobby', reason: 'refused' }] : [];
  const heard: Effect = setting.guest.via === 'phone' ? say(WAITING[why]) : { kind: 'music' };
  return [{ at: 'waiting', why, named }, [...left, heard, look]];
}

/** Phones hear where they are as soon as their place is known. */
function lobby(
  before: Before,
  { room, role }: Extract<Answer['admission'], { kind: 'lobby' }>,
  { guest }: Setting,
): Step {
  if (before.at === 'lobby') return stay(before);
  const music: readonly Effect[] = guest.via === 'phone' ? [] : [{ kind: 'music' }];
  return [{ at: 'lobby' }, [NO_CALLER_WAITS, { kind: 'enter-lobby', room, role }, ...music]];
}

function enter(talk: Admitting, entry: Entry, answer: Answer, { guest }: Setting): Step {
  const { before } = talk;
  const left: readonly Effect[] =
    before.at === 'lobby' ? [{ kind: 'leave-lobby', reason: 'admitted' }] : [];
  const effects = [NO_CALLER_WAITS, ...left];
  if (talk.told) return [{ at: 'inside' }, [...effects, { kind: 'join', entry }]];
  const greeting = greetingOf(entry, answer);
  // A phone that dialled the meeting, and a browser, are in it without delay.
  if (before.at === 'ringing' || guest.via === 'browser') {
    const then = guest.via === 'phone' && greeting.kind !== 'joining' ? { then: greeting } : {};
    return [{ at: 'inside' }, [...effects, { kind: 'join', entry, ...then }]];
  }
  const says: readonly Saying[] = [
    ...(before.at === 'lobby' && greeting.kind === 'joining'
      ? [{ kind: 'admitted' } as const]
      : [greeting]),
    ...(answer.people === 0 ? [{ kind: 'you-are-alone' } as const] : []),
  ];
  const { admitted } = talk;
  return [{ at: 'entering', entry, says, admitted, stale: false }, [...effects, say(...says)]];
}

function greetingOf(entry: Entry, { rules, movesSound }: Answer): Saying {
  if (movesSound) return { kind: 'audio-moved' };
  if (!entry.muted) return { kind: 'joining' };
  const mayUnmute = rules.unmuteSelf || entry.role === 'moderator';
  return { kind: mayUnmute ? 'joining-muted' : 'joining-muted-by-rule' };
}
