import { useSignal } from '@preact/signals';
import { isFulfilled } from '../../feed/wish.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import { peopleIn } from '../meeting-list.ts';
import { EditMeeting } from './edit-meeting.tsx';
import type { RoomProps } from './meeting-room.tsx';

export interface RoomActionsProps extends RoomProps {
  readonly onCall: () => void;
}

type Asking = 'end' | 'delete' | 'settings';

/** What can be done to the whole room, and to the meeting. */
export function RoomActions({ desk, meeting, onCall }: RoomActionsProps) {
  const asking = useSignal<Asking | undefined>(undefined);
  const ask = (what: Asking) => (asking.value = what);
  const close = () => (asking.value = undefined);
  if (desk.watching) return null;
  return (
    <div class="room-actions">
      {meeting.state === 'ended' ? (
        <Button
          icon="trash"
          waiting={desk.waits({ kind: 'delete', room: meeting.id })}
          onClick={() => ask('delete')}
        >
          Delete
        </Button>
      ) : (
        <>
          <Whole desk={desk} meeting={meeting} />
          <Button icon="call" onClick={onCall}>
            Call somebody
          </Button>
          <Button icon="gear" onClick={() => ask('settings')}>
            Settings
          </Button>
          <Button
            look="danger"
            waiting={desk.waits({ kind: 'end', room: meeting.id })}
            onClick={() => ask('end')}
          >
            End meeting
          </Button>
        </>
      )}
      {asking.value === 'settings' && <EditMeeting desk={desk} meeting={meeting} onClose={close} />}
      {(asking.value === 'end' || asking.value === 'delete') && (
        <AskFirst desk={desk} meeting={meeting} what={asking.value} onClose={close} />
      )}
    </div>
  );
}

function Whole({ desk, meeting }: RoomProps) {
  const facts = desk.feed.value;
  const room = facts.rooms.get(meeting.id);
  const recording = room?.recording === true;
  const muteAll: Wish = { kind: 'mute-all', room: meeting.id };
  const unmuteAll: Wish = { kind: 'unmute-all', room: meeting.id };
  const lock: Wish = { kind: 'set-locked', room: meeting.id, locked: room?.locked !== true };
  const record: Wish = { kind: 'set-recording', room: meeting.id, recording: !recording };
  return (
    <>
      <Button
        icon="microphone-off"
        disabled={!room || isFulfilled(muteAll, facts)}
        waiting={desk.waits(muteAll)}
        onClick={() => void muteEverybody({ desk, meeting })}
      >
        Mute all
      </Button>
      <Button
        icon="microphone"
        disabled={!room || isFulfilled(unmuteAll, facts)}
        waiting={desk.waits(unmuteAll)}
        onClick={() => void desk.wish(unmuteAll)}
      >
        Unmute all
      </Button>
      <Button
        icon={room?.locked === true ? 'unlock' : 'lock'}
        disabled={!room}
        waiting={desk.waits(lock)}
        onClick={() => void desk.wish(lock)}
      >
        {room?.locked === true ? 'Unlock' : 'Lock'}
      </Button>
      {desk.session.offers.recording && (
        <Button
          icon="record"
          disabled={!room}
          waiting={desk.waits(record)}
          onClick={() => void desk.wish(record)}
        >
          {recording ? 'Stop recording' : 'Record'}
        </Button>
      )}
    </>
  );
}

async function muteEverybody({ desk, meeting }: RoomProps): Promise<void> {
  const taken = await desk.wish({ kind: 'mute-all', room: meeting.id });
  if (taken)
    desk.notices.done('Everybody but the moderators is muted.', () => {
      void desk.wish({ kind: 'unmute-all', room: meeting.id });
    });
}

function AskFirst(
  props: RoomProps & { readonly what: 'end' | 'delete'; readonly onClose: () => void },
) {
  const { desk, meeting, what, onClose } = props;
  const people = peopleIn(meeting, desk.feed.value.rooms);
  const end = what === 'end';
  return (
    <Confirm
      title={`${end ? 'End' : 'Delete'} “${meeting.name}”?`}
      verb={end ? 'End meeting' : 'Delete'}
      onYes={() => void desk.wish({ kind: what, room: meeting.id })}
      onClose={onClose}
    >
      {end
        ? `${people > 0 ? `${words('shared').counts.people(people)} will be hung up. ` : ''}The link and codes stop working.`
        : 'It goes from the list for good.'}
    </Confirm>
  );
}
