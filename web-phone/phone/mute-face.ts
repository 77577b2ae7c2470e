import type { Participant } from '../../protocol/room/room.ts';
import type { Waiting } from '../feed/wish.ts';
import type { Voice } from './voice.ts';

/** How the mute button looks. */
export interface MuteFace {
  /** Nobody hears us, whoever brought that about. */
  readonly silent: boolean;
  /** Our wish is on its way. */
  readonly waiting: boolean;
  /** What a press does. */
  readonly verb: 'Mute' | 'Unmute';
  readonly words: string;
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
}

/** The server's word counts; our own click counts only as far as it keeps us silent. */
export function muteFace({ row, voice, waiting, unmuteSelf }: MuteFacts): MuteFace {
  const muted = row?.muted === true;
  const held = voice.held && !voice.carried;
  const waits = waiting.find(({ wish }) => wish.kind === 'set-muted' && wish.id === row?.id);
  const silent = muted || held;
  return {
    silent,
    waiting: waits !== undefined,
    verb: silent ? 'Unmute' : 'Mute',
    words: wordsOf({ muted, held, carried: voice.carried, wish: waits?.wish }),
    byRule: muted && !unmuteSelf && row.role !== 'moderator' && row.askedToUnmute !== true,
  };
}

function wordsOf(now: {
  readonly muted: boolean;
  readonly held: boolean;
  readonly carried: boolean;
  readonly wish: Waiting['wish'] | undefined;
}): string {
  if (now.wish?.kind === 'set-muted') return now.wish.muted ? 'Muting …' : 'Unmuting …';
  if (now.muted) return now.carried ? 'Phone muted' : 'Muted';
  if (now.held) return 'Muted on this side';
  return now.carried ? 'On your phone' : 'Microphone on';
}
