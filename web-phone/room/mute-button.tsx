import type { Participant, RoomId } from '../../protocol/room/room.ts';
import type { RoomDesk } from '../feed/desk.ts';
import { muteDeed } from '../feed/mute-wish.ts';
import { Button } from '../style/button.tsx';

export interface MuteButtonProps {
  readonly desk: RoomDesk;
  readonly room: RoomId;
  readonly person: Participant;
  readonly unmuteOthers: 'ask' | 'allowed';
  readonly look?: 'plain' | 'quiet';
}

/** A moderator's button for somebody's microphone. While they think about it, it says so. */
export function PersonMute({ desk, room, person, unmuteOthers, look = 'plain' }: MuteButtonProps) {
  const { wish, verb, asked } = muteDeed(room, person, unmuteOthers);
  const words =
    verb === 'Ask to unmute' ? `Ask to unmute: ${person.name}` : `${verb} ${person.name}`;
  return (
    <Button
      size="small"
      look={look}
      icon={person.muted ? 'microphone' : 'microphone-off'}
      label={asked ? `${person.name} was asked to unmute` : words}
      waiting={desk.waits(wish)}
      disabled={asked}
      onClick={() => void desk.wish(wish)}
    >
      {asked ? 'Asked …' : verb === 'Ask to unmute' && look === 'quiet' ? 'Ask' : verb}
    </Button>
  );
}
