import { useSignal } from '@preact/signals';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { Person } from '../../style/person.tsx';
import { inOrder, ownRow } from '../../feed/people.ts';
import type { Softphone } from '../softphone.ts';
import type { InCallProps } from './in-call.tsx';
import { AskToRemove, PersonModeration, RoomModeration } from './moderation.tsx';

export interface PeopleProps {
  readonly softphone: Softphone;
  readonly state: InCallProps['state'];
  readonly room: Room | undefined;
}

/** Everybody on the line; moderators have buttons for the others and for the room. */
export function People({ softphone, state, room }: PeopleProps) {
  const leaving = useSignal<Participant | undefined>(undefined);
  const { attendance } = softphone;
  const personId = state.grant?.personId;
  const own = personId === undefined ? undefined : ownRow(room, personId);
  const moderates = state.grant?.role === 'moderator' && state.kind === 'talking';
  const people = inOrder(room, personId);
  return (
    <>
      {moderates && room && people.length > 1 && (
        <RoomModeration attendance={attendance} room={room} />
      )}
      <ul
        class={moderates ? 'people people-moderated' : 'people'}
        aria-label="People in the meeting"
      >
        {people.map((person) => (
          <Person
            key={person.id}
            person={person}
            own={person.id === own?.id}
            actions={
              moderates &&
              room &&
              person.id !== own?.id && (
                <PersonModeration
                  attendance={attendance}
                  room={room}
                  person={person}
                  onRemove={() => (leaving.value = person)}
                />
              )
            }
          />
        ))}
      </ul>
      <WaitingLine people={people.length} joined={own !== undefined} />
      {leaving.value && room && (
        <AskToRemove
          attendance={attendance}
          room={room}
          person={leaving.value}
          onClose={() => (leaving.value = undefined)}
        />
      )}
    </>
  );
}

function WaitingLine({ people, joined }: { readonly people: number; readonly joined: boolean }) {
  if (people === 0) return <p class="soft waiting-line">Connecting to the room …</p>;
  if (people > 1 || !joined) return null;
  return <p class="soft waiting-line">You are the first. The others appear here as they join.</p>;
}
