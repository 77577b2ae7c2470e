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
}

/** The server's word counts; our own click counts only as far as it keeps us silent. */
export function muteFace(
  own: Participant | undefined,
  voice: Voice,
  waiting: readonly Waiting[],
): MuteFace {
  const muted = own?.muted === true;
  const waits = waiting.some(({ wish }) => wish.kind === 'set-muted' && wish.id === own?.id);
  const silent = muted || voice.held;
  return {
    silent,
    waiting: waits,
    verb: silent ? 'Unmute' : 'Mute',
    words: wordsOf(muted, voice.held, waits),
  };
}

function wordsOf(muted: boolean, held: boolean, waits: boolean): string {
  if (waits) return held ? 'Muting …' : 'Unmuting …';
  if (muted) return 'Muted';
  return held ? 'Muted on this side' : 'Microphone on';
}
