import { useSignal } from '@preact/signals';
import type { MeetingView } from '../../../protocol/http/views.ts';
import { isFulfilled } from '../../feed/wish.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { countPeople } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { Since } from '../../style/person.tsx';
import { formatRoute } from '../route.ts';
import type { DeskProps } from './page.tsx';
import { RoomPeople } from './room-people.tsx';
import { Share } from './share.tsx';

export interface RoomProps extends DeskProps {
  readonly meeting: MeetingView;
}

/** One meeting: who is in it, and everything that can be done to it. */
export function MeetingRoom({ desk, meeting }: RoomProps) {
  const room = desk.feed.value.rooms.get(meeting.id);
  return (
    <article class="room" aria-labelledby="room-name">
      <header class="room-head">
        <a class="room-back" href={formatRoute({ kind: 'meetings' })}>
          <Icon name="back" /> All meetings
        </a>
        <h2 id="room-name">
          <bdi>{meeting.name}</bdi>
        </h2>
        <p class="room-facts soft">
          {meeting.state === 'ended' ? (
            <span>Ended. The link and codes no longer work.</span>
          ) : (
            <>
              <span>
                {room && room.people.size > 0 ? countPeople(room.people.size) : 'Nobody in it'}
              </span>
              {room && room.people.size > 0 && (
                <span>
                  open for <Since ms={room.openedAtMs} />
                </span>
              )}
              {meeting.muteOnEntry && <span>muted on entry</span>}
              {meeting.maxParticipants !== undefined && (
                <span>at most {meeting.maxParticipants}</span>
              )}
              {room?.recording === true && <span class="fact-recording">recording</span>}
            </>
          )}
        </p>
        <RoomActions desk={desk} meeting={meeting} />
      </header>
      {meeting.state !== 'ended' && <RoomPeople desk={desk} meeting={meeting} />}
      {meeting.state !== 'ended' && <Share meeting={meeting} />}
    </article>
  );
}

function RoomActions({ desk, meeting }: RoomProps) {
  const asking = useSignal<'end' | 'delete' | undefined>(undefined);
  const facts = desk.feed.value;
  const room = facts.rooms.get(meeting.id);
  const muteAll: Wish = { kind: 'mute-all', room: meeting.id };
  const lock: Wish = { kind: 'set-locked', room: meeting.id, locked: room?.locked !== true };
  return (
    <div class="room-actions">
      {meeting.state !== 'ended' && (
        <>
          <Button
            icon="microphone-off"
            disabled={!room || isFulfilled(muteAll, facts)}
            waiting={desk.waits(muteAll)}
            onClick={() => desk.wish(muteAll)}
          >
            Mute all
          </Button>
          <Button
            icon={room?.locked === true ? 'unlock' : 'lock'}
            disabled={!room}
            waiting={desk.waits(lock)}
            onClick={() => desk.wish(lock)}
          >
            {room?.locked === true ? 'Unlock' : 'Lock'}
          </Button>
          <Button
            look="danger"
            waiting={desk.waits({ kind: 'end', room: meeting.id })}
            onClick={() => (asking.value = 'end')}
          >
            End meeting
          </Button>
        </>
      )}
      {meeting.state === 'ended' && (
        <Button
          icon="trash"
          waiting={desk.waits({ kind: 'delete', room: meeting.id })}
          onClick={() => (asking.value = 'delete')}
        >
          Delete
        </Button>
      )}
      {asking.value && (
        <AskFirst
          desk={desk}
          meeting={meeting}
          what={asking.value}
          onClose={() => (asking.value = undefined)}
        />
      )}
    </div>
  );
}

function AskFirst(
  props: RoomProps & { readonly what: 'end' | 'delete'; readonly onClose: () => void },
) {
  const { desk, meeting, what, onClose } = props;
  const people = desk.feed.value.rooms.get(meeting.id)?.people.size ?? 0;
  const end = what === 'end';
  return (
    <Confirm
      title={`${end ? 'End' : 'Delete'} “${meeting.name}”?`}
      verb={end ? 'End meeting' : 'Delete'}
      onYes={() => desk.wish({ kind: what, room: meeting.id })}
      onClose={onClose}
    >
      {end
        ? `${people > 0 ? `${countPeople(people)} will be hung up. ` : ''}The link and codes stop working.`
        : 'It goes from the list for good.'}
    </Confirm>
  );
}
