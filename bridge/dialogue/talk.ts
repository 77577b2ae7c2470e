import type { Admission, CodeResult, RoomRules } from '../../protocol/call/admission.ts';
import type { Role, RoomId, Via } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import type { Cause } from '../to-esl.ts';

export type Entry = Extract<Admission, { kind: 'join' }>;
export type Found = Extract<CodeResult, { kind: 'meeting' }>;
type Why = Extract<Admission, { kind: 'wait' }>['why'];
/** Why a moderator or the meeting takes somebody out. */
export type Dismissal = 'removed' | 'banned' | 'meeting-ended';
export type LeftLobby = 'admitted' | 'refused' | 'removed' | 'meeting-ended';

/** Where a caller stands before the room, and what was said of it. */
export type Before =
  /** Not answered yet: can be turned away by a SIP status, and hears nothing. */
  | { readonly at: 'ringing' }
  /** Answered; nothing plays. */
  | { readonly at: 'greeted' }
  /** Music, until the meeting starts or a moderator comes. */
  | { readonly at: 'waiting'; readonly why: Why; readonly named: boolean }
  /** Music, until a moderator lets them in. `told` is the place they heard last; 0 is none. */
  | { readonly at: 'lobby'; readonly place?: number; readonly told?: number };

/** One caller's way from the call to the room or to the goodbye. */
export type Talk =
  | {
      readonly at: 'code';
      readonly typed: string;
      readonly tries: number;
      /** How often they began anew by `*`. */
      readonly anew: number;
    }
  | { readonly at: 'looking-up'; readonly tries: number }
  | Admitting
  | Naming
  | Before
  | { readonly at: 'invitation'; readonly round: 1 | 2 }
  /** Tries their line: hears what this is, then themselves. */
  | { readonly at: 'echo'; readonly told: boolean }
  /** Hears the last words before the room. */
  | {
      readonly at: 'entering';
      readonly entry: Entry;
      readonly says: readonly Saying[];
      readonly admitted: boolean;
      /** What let them in has changed since. */
      readonly stale: boolean;
    }
  | { readonly at: 'inside' }
  /** FreeSWITCH is about to take them out of the room; then they hear why. */
  | { readonly at: 'dismissed'; readonly why: Dismissal }
  | { readonly at: 'farewell'; readonly says: readonly Saying[] }
  | { readonly at: 'gone' };

/** The rules think. What the caller hears meanwhile goes on. */
export interface Admitting {
  readonly at: 'admitting';
  readonly before: Before;
  /** A moderator let them in, or the meeting called them. */
  readonly admitted: boolean;
  /** They were asked for their name. */
  readonly named: boolean;
  /** What the rules are thinking about has changed since they were asked. */
  readonly stale: boolean;
  /** They heard the last words before the room already. */
  readonly told?: true;
}

/** The caller says who they are, before the rules are asked once more. */
export interface Naming {
  readonly at: 'naming';
  readonly recording: boolean;
  /** They said by `#` that the name is whole. */
  readonly whole?: true;
  readonly tries: number;
  readonly then: Pick<Admitting, 'before' | 'admitted'>;
}

/** What a caller's timers are for. */
export type Timer = 'key' | 'place' | 'look' | 'choice' | 'limit';

export type Input =
  /** The words they were told are over, or were cut off by `hush`. */
  | { readonly kind: 'said' }
  | { readonly kind: 'recorded'; readonly ms: number }
  /** `0` to `9`, `*` or `#`. */
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'woke'; readonly timer: Timer }
  | { readonly kind: 'code'; readonly result: CodeResult }
  | {
      readonly kind: 'admission';
      readonly admission: Admission;
      readonly rules: RoomRules;
      /** Others in the room. */
      readonly people: number;
      /** They are inside with another leg, whose sound this phone will carry. */
      readonly movesSound: boolean;
    }
  /** The rules failed. */
  | { readonly kind: 'impossible' }
  /** The room is on another node. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'reconsider' }
  | { readonly kind: 'place'; readonly place: number }
  | { readonly kind: 'admitted' | 'refused' }
  | { readonly kind: 'dismissed'; readonly why: Dismissal }
  /** FreeSWITCH let them go from the room. */
  | { readonly kind: 'left-room' }
  /** Contact with FreeSWITCH was lost meanwhile: what they should hear is to be started anew. */
  | { readonly kind: 'again' };

export type Effect =
  /** One after the other, instead of what plays; answers the call where nobody did. Ends in `said`. */
  | { readonly kind: 'say'; readonly sayings: readonly Saying[] }
  /** Cuts words or a recording off. */
  | { readonly kind: 'hush' }
  /** Music for as long as nothing else is to be heard. */
  | { readonly kind: 'music' }
  /** Plays them back to themselves; only the end of the call ends it. */
  | { readonly kind: 'echo' }
  /** Records their name, at most so long; ends in `recorded`. */
  | { readonly kind: 'record' }
  | { readonly kind: 'look-up'; readonly code: string }
  /** Keeps on the leg who they are found to be. */
  | { readonly kind: 'recognise'; readonly found: Found }
  | { readonly kind: 'keep-name' }
  | { readonly kind: 'admit'; readonly admitted: boolean }
  | { readonly kind: 'enter-lobby'; readonly room: RoomId; readonly role: Role }
  | { readonly kind: 'leave-lobby'; readonly reason: LeftLobby }
  /** `then` is said to them in the room. */
  | { readonly kind: 'join'; readonly entry: Entry; readonly then?: Saying }
  /** The gateway takes the call to where its room is. */
  | { readonly kind: 'send-on' }
  | { readonly kind: 'hang-up'; readonly cause: Cause }
  | { readonly kind: 'wake-in'; readonly timer: Timer; readonly ms: number }
  | { readonly kind: 'let-sleep'; readonly timer: Timer };

/** What a dialogue must know of its caller. */
export interface Guest {
  readonly via: Via;
  /** A caller whose name nobody knows. */
  readonly nameless: boolean;
}

export interface Setting {
  readonly guest: Guest;
  readonly patience: Patience;
}

/** How long we wait for callers, in milliseconds. */
export interface Patience {
  /** For the first key after we asked, and for each that follows. */
  readonly firstKeyMs: number;
  readonly nextKeyMs: number;
  /** Between two words about the place in the lobby. */
  readonly placeMs: number;
  /** By then a bridge that starts anew has found everybody in the lobby, and counts right. */
  readonly foundMs: number;
  /** Between two looks at a meeting that has not started: nothing tells when its hour has come. */
  readonly lookMs: number;
  /** For a called person to choose. */
  readonly choiceMs: number;
  /** How long somebody may hear themselves. */
  readonly echoMs: number;
  /** From a moderator's removal until the room has let go. */
  readonly dismissMs: number;
  /** For the longest farewell. */
  readonly farewellMs: number;
  /** For an application to end of which FreeSWITCH told no end. */
  readonly overdueMs: number;
  /** Until a leg that could not be told is told again. */
  readonly againMs: number;
}

export const PATIENCE: Patience = {
  firstKeyMs: 10_000,
  nextKeyMs: 5000,
  placeMs: 30_000,
  foundMs: 2000,
  lookMs: 10_000,
  choiceMs: 8000,
  echoMs: 30_000,
  dismissMs: 2000,
  farewellMs: 15_000,
  overdueMs: 30_000,
  againMs: 2000,
};

export type Step = readonly [Talk, readonly Effect[]];

export function stay(talk: Talk): Step {
  return [talk, []];
}

export function say(...sayings: readonly Saying[]): Effect {
  return { kind: 'say', sayings };
}
