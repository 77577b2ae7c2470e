import { useSignal } from '@preact/signals';
import type { Participant } from '../../../protocol/room/room.ts';
import type { Wish } from '../../feed/wish.ts';
import { inOrder } from '../../feed/people.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Person } from '../../style/person.tsx';
import type { RoomProps } from './meeting-room.tsx';

/** Everybody in a meeting's room, each with a mute button and a way out. */
export function RoomPeople({ desk, meeting }: RoomProps) {
  const leaving = useSignal<Participant | undefined>(undefined);
  const people = inOrder(desk.feed.value.rooms.get(meeting.id));
  if (people.length === 0)
    return (
      <div class="empty">
        <h3>Nobody is here yet</h3>
        <p>
          Send the invitation below. People appear here the moment they join, by link or by phone.
        </p>
      </div>
    );
  return (
    <>
      <ul class="people" aria-label="People in the meeting">
        {people.map((person) => (
          <Person
            key={person.id}
            person={person}
            actions={
              <Actions
                desk={desk}
                meeting={meeting}
                person={person}
                onRemove={() => (leaving.value = person)}
              />
            }
          />
        ))}
      </ul>
      {leaving.value && (
        <Confirm
          title={`Remove ${leaving.value.name}?`}
          verb="Remove"
          onYes={() => {
            if (leaving.value)
              desk.wish({ kind: 'remove', room: meeting.id, id: leaving.value.id });
          }}
          onClose={() => (leaving.value = undefined)}
        >
          Their call ends at once. They can call again unless the room is locked.
        </Confirm>
      )}
    </>
  );
}

function Actions(
  props: RoomProps & { readonly person: Participant; readonly onRemove: () => void },
) {
  const { desk, meeting, person } = props;
  const mute: Wish = { kind: 'set-muted', room: meeting.id, id: person.id, muted: !person.muted };
  return (
    <>
      <Button
        size="small"
        icon={person.muted ? 'microphone' : 'microphone-off'}
        label={`${person.muted ? 'Unmute' : 'Mute'} ${person.name}`}
        waiting={desk.waits(mute)}
        onClick={() => desk.wish(mute)}
      >
        {person.muted ? 'Unmute' : 'Mute'}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon="remove"
        label={`Remove ${person.name}`}
        waiting={desk.waits({ kind: 'remove', room: meeting.id, id: person.id })}
        onClick={props.onRemove}
      />
    </>
  );
}
