import { useSignal } from '@preact/signals';
import type { BanView } from '../../../protocol/http/views.ts';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { handQueue } from '../../../protocol/room/rows.ts';
import { carriesBrowser, inOrder, lobbyOf } from '../../feed/people.ts';
import type { Wish } from '../../feed/wish.ts';
import { AskToRemove } from '../../room/ask-to-remove.tsx';
import { PersonMute } from '../../room/mute-button.tsx';
import { Renamable } from '../../room/rename.tsx';
import { Button } from '../../style/button.tsx';
import { Person } from '../../style/person.tsx';
import type { PersonProps } from '../../style/person.tsx';
import type { Listed } from '../listed.ts';
import type { RoomProps } from './meeting-room.tsx';
import { liftLatest } from './room-bans.tsx';

export interface RoomPeopleProps extends RoomProps {
  readonly bans: Listed<BanView>;
}

/** Everybody inside a meeting's room, one row each, with what a moderator can do about them. */
export function RoomPeople({ desk, meeting, bans }: RoomPeopleProps) {
  const leaving = useSignal<Participant | undefined>(undefined);
  const room = desk.feed.value.rooms.get(meeting.id);
  const people = inOrder(room);
  if (people.length === 0) return lobbyOf(room).length === 0 ? <Nobody /> : null;
  const hands = room ? handQueue(room).map(({ id }) => id) : [];
  return (
    <>
      <ul class="people" aria-label="People in the meeting">
        {people.map((person) => (
          <Row
            key={person.id}
            desk={desk}
            meeting={meeting}
            person={person}
            overPhone={isOverPhone(room, person)}
            place={hands.indexOf(person.id) + 1}
            onRemove={() => (leaving.value = person)}
          />
        ))}
      </ul>
      {leaving.value && (
        <AskToRemove
          person={leaving.value}
          onYes={(ban) => {
            if (leaving.value) void remove({ desk, meeting, bans }, leaving.value, ban);
          }}
          onClose={() => (leaving.value = undefined)}
        />
      )}
    </>
  );
}

type RowProps = RoomProps &
  Pick<PersonProps, 'person' | 'overPhone' | 'place'> & { readonly onRemove: () => void };

/** Who only watches sees the same without buttons. */
function Row({ desk, meeting, onRemove, ...row }: RowProps) {
  if (desk.watching) return <Person {...row} />;
  const actions = <Actions desk={desk} meeting={meeting} person={row.person} onRemove={onRemove} />;
  return <Renamable desk={desk} room={meeting.id} {...row} actions={actions} />;
}

function isOverPhone(room: Room | undefined, person: Participant): boolean {
  return person.via === 'phone' && carriesBrowser(room, person);
}

/** A ban can be taken back at once; somebody who was only removed calls again. */
async function remove(
  { desk, meeting, bans }: RoomPeopleProps,
  { id, name }: Participant,
  ban: boolean,
): Promise<void> {
  const taken = await desk.wish({ kind: 'remove', room: meeting.id, id, ban });
  if (!taken || !ban) return;
  void bans.look();
  desk.notices.done(`${name} is banned from this meeting.`, () => {
    void liftLatest(desk, bans, name);
  });
}

function Nobody() {
  return (
    <div class="empty">
      <h3>Nobody is here yet</h3>
      <p>
        Send the invitation below. People appear here the moment they join, by link or by phone.
      </p>
    </div>
  );
}

function Actions(
  props: RoomProps & { readonly person: Participant; readonly onRemove: () => void },
) {
  const { desk, meeting, person } = props;
  return (
    <>
      <PersonMute
        desk={desk}
        room={meeting.id}
        person={person}
        unmuteOthers={meeting.unmuteOthers}
      />
      <RoleButton desk={desk} meeting={meeting} person={person} />
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

function RoleButton({ desk, meeting, person }: RoomProps & { readonly person: Participant }) {
  const moderates = person.role === 'moderator';
  const role = moderates ? 'participant' : 'moderator';
  const wish: Wish = { kind: 'set-role', room: meeting.id, id: person.id, role };
  return (
    <Button
      size="small"
      look="quiet"
      icon="star"
      pressed={moderates}
      label={`${person.name} moderates`}
      waiting={desk.waits(wish)}
      onClick={() => void desk.wish(wish)}
    />
  );
}
