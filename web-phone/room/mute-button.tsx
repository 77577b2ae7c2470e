import type { Participant, RoomId } from '../../protocol/room/room.ts';
import type { RoomDesk } from '../feed/desk.ts';
import { muteDeed } from '../feed/mute-wish.ts';
import type { MuteDeed } from '../feed/mute-wish.ts';
import { Button } from '../style/button.tsx';
import { words } from '../words/words.ts';

export interface MuteButtonProps {
  readonly desk: RoomDesk;
  readonly room: RoomId;
  readonly person: Participant;
  readonly unmuteOthers: 'ask' | 'allowed';
  readonly look?: 'plain' | 'quiet';
}

/** A moderator's button for somebody's microphone. While they think about it, it says so. */
export function PersonMute({ desk, room, person, unmuteOthers, look = 'plain' }: MuteButtonProps) {
  const deed = muteDeed(room, person, unmuteOthers);
  const { wish, asked } = deed;
  const { label, short, long } = muteWords(deed, person.name);
  return (
    <Button
      size="small"
      look={look}
      icon={person.muted ? 'microphone' : 'microphone-off'}
      label={label}
      waiting={desk.waits(wish)}
      disabled={asked}
      onClick={() => void desk.wish(wish)}
    >
      {look === 'quiet' ? short : long}
    </Button>
  );
}

/** How the deed is called: for somebody by name, on a small button, on a larger one. */
export function muteWords({ verb, asked }: MuteDeed, name: string) {
  const { inRoom } = words('shared');
  if (asked) return { label: inRoom.wasAsked(name), short: inRoom.asked, long: inRoom.asked };
  switch (verb) {
    case 'Mute':
      return { label: inRoom.muteWhom(name), short: inRoom.mute, long: inRoom.mute };
    case 'Unmute':
      return { label: inRoom.unmuteWhom(name), short: inRoom.unmute, long: inRoom.unmute };
    case 'Ask to unmute':
      return { label: inRoom.askWhom(name), short: inRoom.ask, long: inRoom.askToUnmute };
  }
}
