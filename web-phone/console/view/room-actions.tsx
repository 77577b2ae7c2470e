import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Menu } from '../../style/menu.tsx';
import { words } from '../../words/words.ts';
import { BulkDesk } from '../bulk-desk.ts';
import { deleteMeeting, endSoon, isEnding } from '../end-meeting.ts';
import { peopleIn, waitingIn } from '../meeting-list.ts';
import { Announce } from './announce.tsx';
import { EditMeeting } from './edit-meeting.tsx';
import type { RoomProps } from './meeting-room.tsx';
import { roomDeeds } from './room-deeds.ts';
import type { RoomDeed } from './room-deeds.ts';

export interface RoomActionsProps extends RoomProps {
  readonly onCall: () => void;
}

type Asking = 'end' | 'settings' | 'announce';

/** What can be done to the whole room, and to the meeting. */
export function RoomActions({ desk, meeting, onCall }: RoomActionsProps) {
  const asking = useSignal<Asking | undefined>(undefined);
  const ask = (what: Asking) => (asking.value = what);
  const close = () => (asking.value = undefined);
  const bulk = useMemo(() => new BulkDesk(desk), [desk]);
  const open = (what: 'call' | 'announce' | 'settings') => (what === 'call' ? onCall() : ask(what));
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
          <Deeds of={roomDeeds({ desk, meeting, bulk, open })} />
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

/** One button for each; where there is no room for all, the seldom ones are behind another. */
function Deeds({ of }: { readonly of: readonly RoomDeed[] }) {
  const seldom = of.filter(({ atHand }) => !atHand);
  const { more } = words('console').room.deeds;
  return (
    <>
      {of.map((deed, n) => (
        <span key={n} class={deed.atHand ? 'room-deed' : 'room-deed room-seldom'}>
          <Button
            icon={deed.icon}
            disabled={deed.disabled ?? false}
            waiting={deed.waiting ?? false}
            onClick={deed.onChoose}
          >
            {deed.words}
          </Button>
        </span>
      ))}
      <span class="room-deed room-more">
        <Menu
          label={more}
          icon="more"
          look="plain"
          waiting={seldom.some(({ waiting }) => waiting)}
          items={() =>
            seldom.map(({ disabled, waiting, ...deed }) => ({
              ...deed,
              disabled: disabled === true || waiting === true,
            }))
          }
        >
          {more}
        </Menu>
      </span>
    </>
  );
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
