import type { Admission, RoomRules } from '../../protocol/call/admission.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { begin, converse } from '../../bridge/dialogue/dialogue.ts';
import type { Beginning } from '../../bridge/dialogue/dialogue.ts';
import { PATIENCE } from '../../bridge/dialogue/talk.ts';
import type { Before, Effect, Guest, Input, Talk, Timer } from '../../bridge/dialogue/talk.ts';

export const room = 'm-abcdefghijklmnop' as RoomId;
export const found = { kind: 'meeting', room, role: 'participant' } as const;
export const PHONE: Guest = { via: 'phone', nameless: false };
export const UNNAMED: Guest = { via: 'phone', nameless: true };
export const BROWSER: Guest = { via: 'browser', nameless: false };

export const RULES: RoomRules = {
  language: 'en',
  unmuteSelf: true,
  unmuteOthers: 'ask',
  lobby: false,
  askName: false,
  entrySounds: 'none',
  entrySoundsUpTo: 0,
  record: false,
};

export const said: Input = { kind: 'said' };
export const again: Input = { kind: 'again' };
export const reconsider: Input = { kind: 'reconsider' };
export const leftRoom: Input = { kind: 'left-room' };
export const impossible: Input = { kind: 'impossible' };
export const woke = (timer: Timer): Input => ({ kind: 'woke', timer });
export const place = (n: number): Input => ({ kind: 'place', place: n });
export const recorded = (ms: number): Input => ({ kind: 'recorded', ms });
export const keys = (text: string): Input[] => Array.from(text, (key) => ({ kind: 'key', key }));
export const opened: Input = { kind: 'code', result: found };
export const unknown: Input = { kind: 'code', result: { kind: 'unknown' } };

type Answer = Extract<Input, { kind: 'admission' }>;

export function admission(
  what: Admission | 'join' | 'join-muted' | 'lobby' | 'not-started' | 'no-moderator',
  more: Partial<Omit<Answer, 'kind' | 'admission'>> = {},
): Answer {
  const base = { kind: 'admission', rules: RULES, people: 1, movesSound: false, ...more } as const;
  return { ...base, admission: typeof what === 'string' ? named(what) : what };
}

export const refusal = (why: Extract<Admission, { kind: 'refuse' }>['why']): Answer =>
  admission({ kind: 'refuse', why });

function named(what: 'join' | 'join-muted' | 'lobby' | 'not-started' | 'no-moderator'): Admission {
  const role = 'participant';
  switch (what) {
    case 'join':
    case 'join-muted':
      return { kind: 'join', room, role, muted: what === 'join-muted' };
    case 'lobby':
      return { kind: 'lobby', room, role };
    default:
      return { kind: 'wait', room, role, why: what };
  }
}

export function meeting(
  before: Before['at'] = 'ringing',
  more: { named?: boolean; admitted?: boolean } = {},
): Beginning {
  const places = {
    ringing: { at: 'ringing' },
    greeted: { at: 'greeted' },
    lobby: { at: 'lobby', told: 0 },
    waiting: { at: 'waiting', why: 'not-started', named: false },
  } as const satisfies Record<Before['at'], Before>;
  return { kind: 'meeting', before: places[before], named: false, admitted: false, ...more };
}

export interface Told {
  readonly told: readonly string[];
  /** By the last input alone. */
  readonly last: readonly string[];
  readonly talk: Talk;
}

/** What a caller hears and what happens, when these come one after the other. */
export function play(guest: Guest, beginning: Beginning, ...inputs: readonly Input[]): Told {
  const setting = { guest, patience: PATIENCE };
  let [talk, effects] = begin(beginning, setting);
  const told = effects.map(shown);
  for (const input of inputs) {
    [talk, effects] = converse(talk, input, setting);
    told.push(...effects.map(shown));
  }
  return { told, last: effects.map(shown), talk };
}

function shown(effect: Effect): string {
  switch (effect.kind) {
    case 'say':
      return `say ${effect.sayings.map(words).join(', ')}`;
    case 'look-up':
      return `look-up ${effect.code}`;
    case 'admit':
      return effect.admitted ? 'admit admitted' : 'admit';
    case 'leave-lobby':
      return `leave-lobby ${effect.reason}`;
    case 'join':
      return [
        'join',
        ...(effect.entry.muted ? ['muted'] : []),
        ...(effect.then ? [`then ${words(effect.then)}`] : []),
      ].join(' ');
    case 'hang-up':
      return `hang-up ${effect.cause}`;
    case 'wake-in':
      return `${effect.timer} in ${effect.ms}`;
    case 'let-sleep':
      return `no ${effect.timer}`;
    default:
      return effect.kind;
  }
}

function words(saying: Saying): string {
  return saying.kind === 'lobby-place' ? `place ${saying.place}` : saying.kind;
}

export function legNumber(n: number): ParticipantId {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as ParticipantId;
}
