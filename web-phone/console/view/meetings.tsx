import { useComputed, useSignal } from '@preact/signals';
import { Button } from '../../style/button.tsx';
import { Waiting } from '../../style/waiting.tsx';
import { words } from '../../words/words.ts';
import type { MeetingView } from '../../../protocol/http/views.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { EditMeeting } from './edit-meeting.tsx';
import { MeetingList } from './meeting-list.tsx';
import { MeetingRoom } from './meeting-room.tsx';
import type { DeskProps } from './page.tsx';
import { PlaceHead } from './place-head.tsx';

/** The meetings, live, and the chosen one beside them (or in their place, on a small screen). */
export function Meetings({ desk, chosen }: DeskProps & { readonly chosen: RoomId | undefined }) {
  const creating = useSignal(false);
  const say = words('console').meetings;
  const count = useComputed(() => desk.feed.value.meetings.size).value;
  // Before the first answer the places are as for some: mostly there are.
  const isNone = useComputed(() => {
    const { meetings, link } = desk.feed.value;
    return meetings.size === 0 && link === 'live';
  }).value;
  const makes = !desk.watching;
  const create = () => (creating.value = true);
  return (
    <main class={layout(isNone, chosen)}>
      <section class="meetings-list" aria-label={say.heading}>
        <PlaceHead
          heading={say.heading}
          add={makes ? { words: say.new, onClick: create } : undefined}
        />
        {count === 0 ? (
          <NoMeetings desk={desk} onCreate={makes ? create : undefined} />
        ) : (
          <MeetingList desk={desk} chosen={chosen} />
        )}
      </section>
      <section class="meetings-room" aria-label={say.chosen}>
        <Chosen desk={desk} chosen={chosen} />
      </section>
      {creating.value && <EditMeeting desk={desk} onClose={() => (creating.value = false)} />}
    </main>
  );
}

/** On a small screen the chosen meeting takes the list's place. */
function layout(isNone: boolean, chosen: RoomId | undefined): string {
  if (isNone) return 'meetings meetings-none';
  return chosen ? 'meetings meetings-chosen' : 'meetings';
}

function Chosen({ desk, chosen }: DeskProps & { readonly chosen: RoomId | undefined }) {
  const { meetings, link } = desk.feed.value;
  const meeting = chosen && meetings.get(chosen);
  const say = words('console').meetings;
  if (meeting)
    return (
      <>
        <MeetingRoom key={meeting.id} desk={desk} meeting={meeting} />
        {meeting.state === 'ended' && !desk.watching && <Another desk={desk} meeting={meeting} />}
      </>
    );
  if (chosen && meetings.size === 0 && link !== 'live') return <Waiting />;
  if (meetings.size === 0 || link === 'connecting') return null;
  return <p class="empty-room">{chosen ? say.gone : say.choose}</p>;
}

/** What has ended is over; another can be like it. */
function Another({ desk, meeting }: DeskProps & { readonly meeting: MeetingView }) {
  const making = useSignal(false);
  return (
    <p class="another">
      <Button icon="copy" onClick={() => (making.value = true)}>
        {words('console').meetings.another}
      </Button>
      {making.value && (
        <EditMeeting desk={desk} like={meeting} onClose={() => (making.value = false)} />
      )}
    </p>
  );
}

function NoMeetings(props: DeskProps & { readonly onCreate: (() => void) | undefined }) {
  const { desk, onCreate } = props;
  const say = words('console').meetings;
  if (desk.feed.value.link !== 'live') return <Waiting />;
  return (
    <div class="empty">
      <h2>{say.noneTitle}</h2>
      <p>{say.none}</p>
      {onCreate && (
        <Button look="primary" icon="plus" onClick={onCreate}>
          {say.createFirst}
        </Button>
      )}
    </div>
  );
}
