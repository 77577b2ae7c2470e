import type { Participant } from '../../protocol/room/room.ts';
import type { Waiting } from '../feed/wish.ts';
import type { Tables } from '../words/words.ts';
import type { TalkKey } from './push-to-talk.ts';
import type { Voice } from './voice.ts';

/** How the mute button looks. */
export interface MuteFace {
  /** Nobody hears us, whoever brought that about. */
  readonly silent: boolean;
  /** Our wish is on its way. */
  readonly waiting: boolean;
  /** What a press does. */
  readonly verb: string;
  readonly words: string;
  /** The microphone is open for as long as a key is held. */
  readonly whileHeld: boolean;
  /** The meeting's rule keeps us muted: a press does nothing. */
  readonly byRule: boolean;
}

/** What the button is about. */
export interface MuteFacts {
  /** Our row: of our leg here, or of the phone that speaks for us. */
  readonly row: Participant | undefined;
  readonly voice: Voice;
  readonly waiting: readonly Waiting[];
  /** Whether the meeting lets participants unmute themselves. */
  readonly unmuteSelf: boolean;
  readonly talkKey: TalkKey;
}

type Words = Tables['call'];

/** The server's word counts; our own click counts only as far as it keeps us silent. */
export function muteFace(facts: MuteFacts, say: Words): MuteFace {
  const { row, voice, waiting, unmuteSelf, talkKey } = facts;
  const muted = row?.muted === true;
  const held = voice.held && !voice.carried;
  const waits = waiting.find(({ wish }) => wish.kind === 'set-muted' && wish.id === row?.id);
  const silent = muted || held;
  const whileHeld = talkKey.kind === 'opening' || talkKey.kind === 'open';
  const now = { muted, held, carried: voice.carried, whileHeld, wish: waits?.wish };
  return {
    silent,
    waiting: waits !== undefined,
    verb: silent ? say.unmute : say.mute,
    words: wordsOf(now, say.face),
    whileHeld,
    byRule: muted && !unmuteSelf && row.role !== 'moderator' && row.askedToUnmute !== true,
  };
}

interface Now {
  readonly muted: boolean;
  readonly held: boolean;
  readonly carried: boolean;
  readonly whileHeld: boolean;
  readonly wish: Waiting['wish'] | undefined;
}

function wordsOf({ muted, held, carried, whileHeld, wish }: Now, say: Words['face']): string {
  if (whileHeld && !muted && !held) return say.held;
  if (wish?.kind === 'set-muted') return wish.muted ? say.muting : say.unmuting;
  if (muted) return carried ? say.phoneMuted : say.muted;
  if (held) return say.mutedHere;
  return carried ? say.onPhone : say.on;
}
