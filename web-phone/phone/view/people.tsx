import { useSignal } from '@preact/signals';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { keyOf } from '../../feed/wish.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Person } from '../../style/person.tsx';
import { inOrder, ownRow } from '../../feed/people.ts';
import type { Softphone } from '../softphone.ts';
import type { InCallProps } from './in-call.tsx';

export interface PeopleProps {
  readonly softphone: Softphone;
  readonly state: InCallProps['state'];
  readonly room: Room | undefined;
}

/** Everybody on the line; moderators have buttons for the others. */
export function People({ softphone, state, room }: PeopleProps) {
  const leaving = useSignal<Participant | undefined>(undefined);
  const personId = state.grant?.personId;
  const own = personId === undefined ? undefined : ownRow(room, personId);
  const moderates = state.grant?.role === 'moderator' && state.kind === 'talking';
  const people = inOrder(room, personId);
  const id = state.ticket.meeting.id;
  return (
    <>
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
              person.id !== own?.id && (
                <Moderation softphone={softphone} person={person} room={id} onRemove={leaving} />
              )
            }
          />
        ))}
      </ul>
      {people.length === 0 && <p class="soft waiting-line">Connecting to the room …</p>}
      {people.length === 1 && own && (
        <p class="soft waiting-line">You are the first. The others appear here as they join.</p>
      )}
      {leaving.value && (
        <Confirm
          title={`Remove ${leaving.value.name}?`}
          verb="Remove"
          onYes={() => {
            if (leaving.value)
              softphone.attendance.wish({ kind: 'remove', room: id, id: leaving.value.id });
          }}
          onClose={() => (leaving.value = undefined)}
        >
          Their call ends at once. They can call again unless the room is locked.
        </Confirm>
      )}
    </>
  );
}

function Moderation(props: {
  readonly softphone: Softphone;
  readonly person: Participant;
  readonly room: Room['id'];
  readonly onRemove: { value: Participant | undefined };
}) {
  const { softphone, person, room } = props;
  const waits = (wish: Wish) =>
    softphone.attendance.waiting.value.some((each) => keyOf(each.wish) === keyOf(wish));
  const mute: Wish = { kind: 'set-muted', room, id: person.id, muted: !person.muted };
  return (
    <>
      <Button
        size="small"
        look="quiet"
        icon={person.muted ? 'microphone' : 'microphone-off'}
        label={`${person.muted ? 'Unmute' : 'Mute'} ${person.name}`}
        waiting={waits(mute)}
        onClick={() => softphone.attendance.wish(mute)}
      >
        {person.muted ? 'Unmute' : 'Mute'}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon="remove"
        label={`Remove ${person.name}`}
        waiting={waits({ kind: 'remove', room, id: person.id })}
        onClick={() => (props.onRemove.value = person)}
      />
    </>
  );
}
