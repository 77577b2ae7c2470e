import type { Participant, RoomId } from '../../protocol/room/room.ts';
import type { RoomDesk } from '../feed/desk.ts';
import type { Wish } from '../feed/wish.ts';
import { Button } from '../style/button.tsx';

export interface VolumeWords {
  readonly softer: string;
  readonly louder: string;
  readonly normal: string;
  readonly level: (level: string) => string;
}

export interface VolumeProps {
  readonly desk: RoomDesk;
  readonly room: RoomId;
  readonly person: Participant;
  readonly direction: 'in' | 'out';
  readonly label: string;
  readonly words: VolumeWords;
}

const LOUDEST = 4;

/** FreeSWITCH's nine steps, one at a time. The level shown is the one that the facts tell. */
export function Volume({ desk, room, person, direction, label, words }: VolumeProps) {
  const now = person.volume[direction];
  const to = (level: number): Wish => ({
    kind: 'set-volume',
    room,
    id: person.id,
    direction,
    level: Math.min(LOUDEST, Math.max(-LOUDEST, level)),
  });
  const waiting = desk.waits(to(now));
  const step = (by: number, name: string, sign: string) => (
    <Button
      size="small"
      label={`${name}: ${label}`}
      waiting={waiting}
      disabled={Math.abs(now + by) > LOUDEST}
      onClick={() => void desk.wish(to(now + by))}
    >
      {sign}
    </Button>
  );
  return (
    <div class="volume" role="group" aria-label={label}>
      <span class="volume-label">{label}</span>
      {!desk.watching && step(-1, words.softer, '−')}
      <output class="volume-level number" aria-live="polite">
        {now === 0 ? words.normal : words.level(signed(now))}
      </output>
      {!desk.watching && step(1, words.louder, '+')}
    </div>
  );
}

/** `+2`, `−3`; the minus is the mark, not the hyphen. */
function signed(level: number): string {
  return level > 0 ? `+${level}` : `−${-level}`;
}
