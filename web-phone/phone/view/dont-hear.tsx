import type { Participant, RoomId } from '../../../protocol/room/room.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { Attendance } from '../attendance.ts';

interface DontHearProps {
  readonly attendance: Attendance;
  readonly meeting: RoomId;
  readonly me: Participant;
  readonly person: Participant;
  /** The call is broken: the button keeps its place. */
  readonly away: boolean;
}

/** Keeps one of the others from us alone; nobody is told. */
export function DontHear({ attendance, meeting, me, person, away }: DontHearProps) {
  const say = words('call').people;
  const unheard = me.unheard?.includes(person.id) === true;
  const wish: Wish = {
    kind: 'set-unheard',
    room: meeting,
    id: me.id,
    other: person.id,
    on: !unheard,
  };
  return (
    <span class={unheard ? 'dont-hear dont-hear-on' : 'dont-hear'}>
      <Button
        size="small"
        look="quiet"
        icon={unheard ? 'ear-off' : 'ear'}
        label={unheard ? say.hearAgain(person.name) : say.dontHear(person.name)}
        disabled={away}
        waiting={attendance.waits(wish)}
        onClick={() => void attendance.wish(wish)}
      />
      {unheard && <span class="hidden">{say.unheard}</span>}
    </span>
  );
}
