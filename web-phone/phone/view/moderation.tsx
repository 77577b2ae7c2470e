import type { Participant, Room } from '../../../protocol/room/room.ts';
import { isFulfilled, keyOf } from '../../feed/wish.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import type { Attendance } from '../attendance.ts';

interface ModerationProps {
  readonly attendance: Attendance;
  readonly room: Room;
}

/** What a moderator can do to the whole room. */
export function RoomModeration({ attendance, room }: ModerationProps) {
  const muteAll: Wish = { kind: 'mute-all', room: room.id };
  const lock: Wish = { kind: 'set-locked', room: room.id, locked: !room.locked };
  return (
    <div class="room-moderation" role="group" aria-label="The whole room">
      <Button
        size="small"
        icon="microphone-off"
        disabled={isFulfilled(muteAll, attendance.feed.value)}
        waiting={waits(attendance, muteAll)}
        onClick={() => attendance.wish(muteAll)}
      >
        Mute all
      </Button>
      <Button
        size="small"
        icon={room.locked ? 'unlock' : 'lock'}
        waiting={waits(attendance, lock)}
        onClick={() => attendance.wish(lock)}
      >
        {room.locked ? 'Unlock' : 'Lock'}
      </Button>
    </div>
  );
}

interface PersonModerationProps extends ModerationProps {
  readonly person: Participant;
  /** Removing asks first. */
  readonly onRemove: () => void;
}

/** What a moderator can do to one of the others. */
export function PersonModeration({ attendance, room, person, onRemove }: PersonModerationProps) {
  const mute: Wish = { kind: 'set-muted', room: room.id, id: person.id, muted: !person.muted };
  const verb = person.muted ? 'Unmute' : 'Mute';
  return (
    <>
      <Button
        size="small"
        look="quiet"
        icon={person.muted ? 'microphone' : 'microphone-off'}
        label={`${verb} ${person.name}`}
        waiting={waits(attendance, mute)}
        onClick={() => attendance.wish(mute)}
      >
        {verb}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon="remove"
        label={`Remove ${person.name}`}
        waiting={waits(attendance, { kind: 'remove', room: room.id, id: person.id })}
        onClick={onRemove}
      />
    </>
  );
}

interface AskToRemoveProps extends ModerationProps {
  readonly person: Participant;
  readonly onClose: () => void;
}

export function AskToRemove({ attendance, room, person, onClose }: AskToRemoveProps) {
  return (
    <Confirm
      title={`Remove ${person.name}?`}
      verb="Remove"
      onYes={() => attendance.wish({ kind: 'remove', room: room.id, id: person.id })}
      onClose={onClose}
    >
      Their call ends at once. They can call again unless the room is locked.
    </Confirm>
  );
}

/** Whether such a wish is on its way. */
function waits(attendance: Attendance, wish: Wish): boolean {
  return attendance.waiting.value.some((each) => keyOf(each.wish) === keyOf(wish));
}
