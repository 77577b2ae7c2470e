import type { Participant, Room, RoomId } from '../../../protocol/room/room.ts';
import { isFulfilled } from '../../feed/wish.ts';
import type { Wish } from '../../feed/wish.ts';
import { PersonMute } from '../../room/mute-button.tsx';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { Attendance } from '../attendance.ts';
import type { Standing } from '../standing.ts';

interface RoomModerationProps {
  readonly attendance: Attendance;
  readonly meeting: RoomId;
  readonly room: Room | undefined;
  /** The call is broken: the buttons keep their place and do nothing. */
  readonly away: boolean;
}

/** What a moderator can do to the whole room, where it is the meeting's own. */
export function RoomModeration({ attendance, meeting, room, away }: RoomModerationProps) {
  if (room?.id !== meeting) return null;
  const say = words('call').room;
  const facts = attendance.feed.value;
  const muteAll: Wish = { kind: 'mute-all', room: room.id };
  const unmuteAll: Wish = { kind: 'unmute-all', room: room.id };
  const lock: Wish = { kind: 'set-locked', room: room.id, locked: !room.locked };
  return (
    <div class="room-moderation" role="group" aria-label={say.whole}>
      <Button
        size="small"
        icon="microphone-off"
        disabled={away || isFulfilled(muteAll, facts)}
        waiting={attendance.waits(muteAll)}
        onClick={() => void attendance.wish(muteAll)}
      >
        {say.muteAll}
      </Button>
      <Button
        size="small"
        icon="microphone"
        disabled={away || isFulfilled(unmuteAll, facts)}
        waiting={attendance.waits(unmuteAll)}
        onClick={() => void attendance.wish(unmuteAll)}
      >
        {say.unmuteAll}
      </Button>
      <Button
        size="small"
        icon={room.locked ? 'unlock' : 'lock'}
        disabled={away}
        waiting={attendance.waits(lock)}
        onClick={() => void attendance.wish(lock)}
      >
        {room.locked ? say.unlock : say.lock}
      </Button>
    </div>
  );
}

interface PersonModerationProps {
  readonly attendance: Attendance;
  readonly room: RoomId;
  readonly person: Participant;
  readonly unmuteOthers: 'ask' | 'allowed';
  /** Removing asks first. */
  readonly onRemove: () => void;
}

/** What a moderator can do to one of the others. */
export function PersonModeration(props: PersonModerationProps) {
  const { attendance, room, person, unmuteOthers, onRemove } = props;
  return (
    <>
      <PersonMute
        desk={attendance}
        room={room}
        person={person}
        unmuteOthers={unmuteOthers}
        look="quiet"
      />
      <Button
        size="small"
        look="quiet"
        icon="remove"
        label={words('shared').inRoom.removeWhom(person.name)}
        waiting={attendance.waits({ kind: 'remove', room, id: person.id })}
        onClick={onRemove}
      />
    </>
  );
}

interface AskForHelpProps {
  readonly attendance: Attendance;
  readonly room: RoomId;
  readonly standing: Standing;
}

/** Calls a moderator over, without a word in the room. Its place is kept while that cannot be. */
export function AskForHelp({ attendance, room, standing }: AskForHelpProps) {
  if (standing.kind !== 'inside') return <div class="room-moderation" />;
  const say = words('call').room;
  const asked = standing.row.wantsHelp === true;
  const wish: Wish = { kind: 'set-help', room, id: standing.row.id, help: !asked };
  return (
    <div class="room-moderation">
      {asked && (
        <p class="soft" role="status">
          {say.helpSeen}
        </p>
      )}
      <Button
        size="small"
        look={asked ? 'plain' : 'quiet'}
        icon="help"
        pressed={asked}
        waiting={attendance.waits(wish)}
        onClick={() => void attendance.wish(wish)}
      >
        {asked ? say.noHelp : say.askForHelp}
      </Button>
    </div>
  );
}
