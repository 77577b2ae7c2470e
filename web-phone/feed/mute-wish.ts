import type { Participant, RoomId } from '../../protocol/room/room.ts';
import type { PersonWish } from './wish.ts';

/** What a moderator's button beside somebody does to their microphone, and how it is called. */
export interface MuteDeed {
  readonly wish: PersonWish;
  readonly verb: 'Mute' | 'Unmute' | 'Ask to unmute';
  /** They were asked already, and have not answered yet. */
  readonly asked: boolean;
}

/**
 * A microphone that its owner closed, or the meeting at the entry, is only asked for, unless the
 * meeting allows more; one that a moderator closed is opened.
 */
export function muteDeed(
  room: RoomId,
  person: Participant,
  unmuteOthers: 'ask' | 'allowed',
): MuteDeed {
  const at = { room, id: person.id } as const;
  if (!person.muted)
    return { wish: { kind: 'set-muted', ...at, muted: true }, verb: 'Mute', asked: false };
  const isTheirs = person.mutedBy === 'self' || person.mutedBy === 'entry';
  if (isTheirs && unmuteOthers === 'ask')
    return {
      wish: { kind: 'ask-to-unmute', ...at },
      verb: 'Ask to unmute',
      asked: person.askedToUnmute === true,
    };
  return { wish: { kind: 'set-muted', ...at, muted: false }, verb: 'Unmute', asked: false };
}
