import { useSignal } from '@preact/signals';
import type { MeetingView } from '../../../protocol/http/views.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import { Icon } from '../../style/icon.tsx';
import { inOrder, peopleIn, waitingIn } from '../meeting-list.ts';
import { spokenTime } from '../../style/local-time.ts';
import { formatRoute } from '../route.ts';
import { EditMeeting } from './edit-meeting.tsx';
import { MeetingRoom } from './meeting-room.tsx';
import type { DeskProps } from './page.tsx';

/** The meetings, live, and the chosen one beside them (or in their place, on a small screen). */
export function Meetings({ desk, chosen }: DeskProps & { readonly chosen: RoomId | undefined }) {
  const creating = useSignal(false);
  const { meetings, link } = desk.feed.value;
  const meeting = chosen && meetings.get(chosen);
  const makes = !desk.watching;
  const create = () => (creating.value = true);
  return (
    <main class={layout(meetings.size, chosen)}>
      <section class="meetings-list" aria-label="Meetings">
        <header class="section-head">
          <h1>Meetings</h1>
          {makes && (
            <Button look="primary" icon="plus" onClick={create}>
              New meeting
            </Button>
          )}
        </header>
        {meetings.size === 0 ? (
          <NoMeetings loaded={link === 'live'} onCreate={makes ? create : undefined} />
        ) : (
          <List desk={desk} chosen={chosen} />
        )}
      </section>
      <section class="meetings-room" aria-label="Chosen meeting">
        {meeting && <MeetingRoom key={meeting.id} desk={desk} meeting={meeting} />}
        {!meeting && meetings.size > 0 && (
          <p class="empty-room">
            {chosen ? 'This meeting is no longer there.' : 'Choose a meeting to see who is in it.'}
          </p>
        )}
      </section>
      {creating.value && <EditMeeting desk={desk} onClose={() => (creating.value = false)} />}
    </main>
  );
}

/** On a small screen the chosen meeting takes the list's place. */
function layout(count: number, chosen: RoomId | undefined): string {
  if (count === 0) return 'meetings meetings-none';
  return chosen ? 'meetings meetings-chosen' : 'meetings';
}

function List({ desk, chosen }: DeskProps & { readonly chosen: RoomId | undefined }) {
  const { meetings, rooms } = desk.feed.value;
  return (
    <ul class="meeting-rows">
      {inOrder(meetings.values(), rooms).map((meeting) => (
        <li key={meeting.id}>
          <a
            class={`meeting-row meeting-${meeting.state}`}
            href={formatRoute({ kind: 'meeting', id: meeting.id })}
            aria-current={meeting.id === chosen ? 'true' : undefined}
          >
            <Row
              meeting={meeting}
              people={peopleIn(meeting, rooms)}
              waiting={waitingIn(meeting, rooms)}
              locked={rooms.get(meeting.id)?.locked === true}
            />
          </a>
        </li>
      ))}
    </ul>
  );
}

function Row(props: {
  readonly meeting: MeetingView;
  readonly people: number;
  readonly waiting: number;
  readonly locked: boolean;
}) {
  const { meeting, people, waiting, locked } = props;
  return (
    <>
      <span class={`count${people > 0 ? ' count-live' : ''}`} aria-hidden="true">
        {meeting.state === 'ended' ? '–' : people}
      </span>
      <span class="meeting-words">
        <bdi class="meeting-name">{meeting.name}</bdi>
        <span class="soft">
          {stateWords(meeting, people)}
          {meeting.extension !== undefined && ` · ext. ${meeting.extension}`}
        </span>
      </span>
      {waiting > 0 && (
        <span class="badge badge-waits">
          {waiting} <span class="hidden">wait to be let in</span>
          <Icon name="door" />
        </span>
      )}
      {locked && <Icon name="lock" />}
    </>
  );
}

function stateWords({ state, startsAt }: MeetingView, people: number): string {
  if (state === 'ended') return 'ended';
  if (people > 0) return words('shared').counts.people(people);
  if (state === 'planned' && startsAt !== undefined) return `starts ${spokenTime(startsAt)}`;
  return 'nobody in it';
}

function NoMeetings(props: {
  readonly loaded: boolean;
  readonly onCreate: (() => void) | undefined;
}) {
  if (!props.loaded) return <p class="empty-room">Fetching the meetings …</p>;
  return (
    <div class="empty">
      <h2>No meetings yet</h2>
      <p>
        A meeting is a room that people reach by a link in the browser, or by dialling in from any
        phone and typing a code. It stays until you end it.
      </p>
      {props.onCreate && (
        <Button look="primary" icon="plus" onClick={props.onCreate}>
          Create the first one
        </Button>
      )}
    </div>
  );
}
