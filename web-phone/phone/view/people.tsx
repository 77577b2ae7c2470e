import { useSignal } from '@preact/signals';
import type { Participant } from '../../../protocol/room/room.ts';
import { handQueue } from '../../../protocol/room/rows.ts';
import { carriesBrowser, inOrder } from '../../feed/people.ts';
import { AskToRemove } from '../../room/ask-to-remove.tsx';
import { Lobby } from '../../room/lobby.tsx';
import { Renamable } from '../../room/rename.tsx';
import { Requests } from '../../room/requests.tsx';
import { Person } from '../../style/person.tsx';
import type { CallView } from './in-call.tsx';
import { AskForHelp, PersonModeration, RoomModeration } from './moderation.tsx';

/** Everybody on the line; moderators have buttons for the others and for the room. */
export function People(view: CallView) {
  const { softphone, state, room, standing } = view;
  const leaving = useSignal<Participant | undefined>(undefined);
  const { attendance } = softphone;
  const moderates = state.grant?.role === 'moderator' && state.kind === 'talking';
  const people = inOrder(room, state.grant?.personId);
  const { id } = state.ticket.meeting;
  return (
    <>
      {moderates && <Lobby desk={attendance} room={id} />}
      {moderates && <Requests desk={attendance} room={id} />}
      {moderates && people.length > 1 && (
        <RoomModeration attendance={attendance} meeting={id} room={room} />
      )}
      {!moderates && <AskForHelp attendance={attendance} room={id} standing={standing} />}
      <ul
        class={moderates ? 'people people-moderated' : 'people'}
        aria-label="People in the meeting"
      >
        {people.map((person) => (
          <Row
            key={person.id}
            view={view}
            person={person}
            moderates={moderates}
            onRemove={() => (leaving.value = person)}
          />
        ))}
      </ul>
      <WaitingLine people={people.length} joined={standing.kind === 'inside'} />
      {leaving.value && (
        <AskToRemove
          person={leaving.value}
          onYes={(ban) => {
            if (leaving.value)
              void attendance.wish({ kind: 'remove', room: id, id: leaving.value.id, ban });
          }}
          onClose={() => (leaving.value = undefined)}
        />
      )}
    </>
  );
}

interface RowProps {
  readonly view: CallView;
  readonly person: Participant;
  readonly moderates: boolean;
  readonly onRemove: () => void;
}

/** Only one's own name can be changed, unless one moderates. */
function Row({ view, person, moderates, onRemove }: RowProps) {
  const { softphone, state, room, standing } = view;
  const { attendance } = softphone;
  const { id, unmuteOthers } = state.ticket.meeting;
  const own = standing.kind === 'inside' && standing.row.id === person.id;
  const hands = room ? handQueue(room) : [];
  const row = {
    person,
    own,
    overPhone: person.via === 'phone' && carriesBrowser(room, person),
    place: hands.findIndex((each) => each.id === person.id) + 1,
    actions: moderates && !own && (
      <PersonModeration
        attendance={attendance}
        room={id}
        person={person}
        unmuteOthers={unmuteOthers}
        onRemove={onRemove}
      />
    ),
  };
  if (!own && !moderates) return <Person {...row} />;
  return <Renamable desk={attendance} room={id} {...row} />;
}

function WaitingLine({ people, joined }: { readonly people: number; readonly joined: boolean }) {
  if (people === 0) return <p class="soft waiting-line">Connecting to the room …</p>;
  if (people > 1 || !joined) return null;
  return <p class="soft waiting-line">You are the first. The others appear here as they join.</p>;
}
