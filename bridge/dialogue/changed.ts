import type { Actor } from '../../protocol/room/command.ts';
import type { Participant } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';

/** Who wished last what a row shows now; absent where nobody did lately. */
export interface WishedBy {
  readonly muted?: Actor;
  readonly hand?: Actor;
}

/**
 * What a phone is told because its row changed: by its own key, or by somebody else. `undefined`
 * where there is nothing to say. `place` is the caller's in the queue of hands.
 */
export function wordsFor(
  before: Participant,
  after: Participant,
  { by, place }: { readonly by: WishedBy; readonly place: number },
): Saying | undefined {
  if (after.askedToUnmute && !before.askedToUnmute) return { kind: 'asked-to-unmute' };
  if (after.muted !== before.muted && isOwnDoing(before, after)) return aboutMute(after, by.muted);
  if (after.hand !== before.hand) return aboutHand(after, by.hand, place);
  if (after.wantsHelp === before.wantsHelp) return undefined;
  return { kind: after.wantsHelp ? 'help-asked' : 'help-on-the-way' };
}

function aboutHand(after: Participant, by: Actor | undefined, place: number): Saying {
  if (after.hand) return { kind: 'hand-up', place };
  return { kind: by === 'self' ? 'hand-down' : 'hand-lowered-by-moderator' };
}

/** Not the silence of a call on hold, or of a leg for which another one speaks. */
function isOwnDoing(before: Participant, after: Participant): boolean {
  return [before, after].every((row) => !row.onHold && row.audioBy === undefined);
}

function aboutMute(after: Participant, by: Actor | undefined): Saying | undefined {
  if (!after.muted) return { kind: by === 'self' ? 'unmuted' : 'unmuted-by-moderator' };
  if (after.mutedBy === 'entry') return undefined;
  return { kind: after.mutedBy === 'moderator' ? 'muted-by-moderator' : 'muted' };
}
