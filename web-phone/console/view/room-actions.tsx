import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { inOrder } from '../../feed/people.ts';
import { isFulfilled } from '../../feed/wish.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import { BulkDesk } from '../bulk-desk.ts';
import { deleteMeeting, endSoon, isEnding } from '../end-meeting.ts';
import { peopleIn, waitingIn } from '../meeting-list.ts';
import { Announce } from './announce.tsx';
import { EditMeeting } from './edit-meeting.tsx';
import { placesOf } from '../places.ts';
import type { RoomProps } from './meeting-room.tsx';

export interface RoomActionsProps extends RoomProps {
  readonly onCall: () => void;
}

type Asking = 'end' | 'settings' | 'announce';

/** What can be done to the whole room, and to the meeting. */
export function RoomActions({ desk, meeting, onCall }: RoomActionsProps) {
  const asking = useSignal<Asking | undefined>(undefined);
  const ask = (what: Asking) => (asking.value = what);
  const close = () => (asking.value = undefined);
  const { room } = words('console');
  if (desk.watching) return null;
  return (
    <div class="room-actions">
      {meeting.state === 'ended' ? (
        <Button
          icon="trash"
          waiting={desk.waits({ kind: 'delete', room: meeting.id })}
          onClick={() => void deleteMeeting(desk, meeting)}
        >
          {room.delete}
        </Button>
      ) : (
        <>
          <Silence desk={desk} meeting={meeting} />
          <Doors desk={desk} meeting={meeting} />
          <Button
            icon="announce"
            disabled={!desk.feed.value.rooms.has(meeting.id)}
            onClick={() => ask('announce')}
          >
            {room.announce}
          </Button>
          <Button icon="call" onClick={onCall}>
            {room.callSomebody}
          </Button>
          <Button icon="gear" onClick={() => ask('settings')}>
            {room.settings}
          </Button>
          <Button
            look="danger"
            waiting={desk.waits({ kind: 'end', room: meeting.id }) || isEnding(desk, meeting.id)}
            onClick={() =>
              peopleThere({ desk, meeting }) === 0 ? endSoon(desk, meeting) : ask('end')
            }
          >
            {room.end}
          </Button>
        </>
      )}
      {asking.value === 'settings' && <EditMeeting desk={desk} meeting={meeting} onClose={close} />}
      {asking.value === 'announce' && <Announce desk={desk} meeting={meeting} onClose={close} />}
      {asking.value === 'end' && <AskFirst desk={desk} meeting={meeting} onClose={close} />}
    </div>
  );
}

/** Everybody's microphones. */
function Silence({ desk, meeting }: RoomProps) {
  const bulk = useMemo(() => new BulkDesk(desk), [desk]);
  const facts = desk.feed.value;
  const live = facts.rooms.get(meeting.id);
  const muteAll: Wish = { kind: 'mute-all', room: meeting.id };
  const unmuteAll: Wish = { kind: 'unmute-all', room: meeting.id };
  const { room } = words('console');
  return (
    <>
      <Button
        icon="microphone-off"
        disabled={!live || isFulfilled(muteAll, facts)}
        waiting={desk.waits(muteAll)}
        onClick={() => void bulk.muteAll(meeting, inOrder(live))}
      >
        {room.muteAll}
      </Button>
      <Button
        icon="microphone"
        disabled={!live || isFulfilled(unmuteAll, facts)}
        waiting={desk.waits(unmuteAll) || bulk.progress.value !== undefined}
        onClick={() => void desk.wish(unmuteAll)}
      >
        {room.unmuteAll}
      </Button>
    </>
  );
}

/** The lock, and the recording. */
function Doors({ desk, meeting }: RoomProps) {
  const live = desk.feed.value.rooms.get(meeting.id);
  const recording = live?.recording === true;
  const locked = live?.locked === true;
  const record: Wish = { kind: 'set-recording', room: meeting.id, recording: !recording };
  const { room } = words('console');
  return (
    <>
      <Button
        icon={locked ? 'unlock' : 'lock'}
        disabled={!live}
        waiting={desk.waits({ kind: 'set-locked', room: meeting.id, locked })}
        onClick={() => void setLocked({ desk, meeting }, !locked)}
      >
        {locked ? room.unlock : room.lock}
      </Button>
      {desk.session.offers.recording && (
        <Button
          icon="record"
          disabled={!live}
          waiting={desk.waits(record)}
          onClick={() => void setRecording({ desk, meeting }, !recording)}
        >
          {recording ? room.stopRecording : room.record}
        </Button>
      )}
    </>
  );
}

async function setLocked({ desk, meeting }: RoomProps, locked: boolean): Promise<void> {
  const wish = (on: boolean): Wish => ({ kind: 'set-locked', room: meeting.id, locked: on });
  if (!(await desk.wish(wish(locked)))) return;
  const { room } = words('console');
  desk.notices.done(
    locked ? room.isLocked : room.isOpen,
    () => void setLocked({ desk, meeting }, !locked),
    { about: `lock ${meeting.id}` },
  );
}

async function setRecording({ desk, meeting }: RoomProps, recording: boolean): Promise<void> {
  if (!(await desk.wish({ kind: 'set-recording', room: meeting.id, recording }))) return;
  const isShown = placesOf(desk.session.who).includes('recordings');
  if (!recording && isShown) desk.notices.done(words('console').recordings.found);
}

/** How many are in it or before its door: their calls would end. */
function peopleThere({ desk, meeting }: RoomProps): number {
  const { rooms } = desk.feed.value;
  return peopleIn(meeting, rooms) + waitingIn(meeting, rooms);
}

/** Where people would be hung up. */
function AskFirst({ desk, meeting, onClose }: RoomProps & { readonly onClose: () => void }) {
  const { room } = words('console');
  const people = peopleThere({ desk, meeting });
  return (
    <Confirm
      title={room.endTitle(meeting.name)}
      verb={room.end}
      onYes={() => endSoon(desk, meeting)}
      onClose={onClose}
    >
      {room.endAbout(words('shared').counts.people(people))}
    </Confirm>
  );
}
