import { useComputed, useSignal } from '@preact/signals';
import type { BanView, MeetingView } from '../../../protocol/http/views.ts';
import type { Participant, ParticipantId } from '../../../protocol/room/room.ts';
import { PersonMute } from '../../room/mute-button.tsx';
import { Renamable } from '../../room/rename.tsx';
import { Button } from '../../style/button.tsx';
import { Person } from '../../style/person.tsx';
import type { RowSlot } from '../../style/row-slots.ts';
import { words } from '../../words/words.ts';
import type { Console } from '../console.ts';
import type { Listed } from '../listed.ts';
import type { RoomList } from '../room-list.ts';
import { PersonMenu } from './person-menu.tsx';

/** What a room's list and all that belongs to it need. */
export interface CrowdProps {
  readonly desk: Console;
  readonly meeting: MeetingView;
  readonly bans: Listed<BanView>;
  readonly list: RoomList;
}

export interface PersonRowProps extends CrowdProps {
  readonly id: ParticipantId;
  readonly slot: RowSlot;
  readonly onRemove: (person: Participant) => void;
}

/**
 * One person inside. It reads signals and takes what stays the same while nothing of its own
 * changes, so it is drawn anew for its own person alone.
 */
export function PersonRow({ id, slot, ...crowd }: PersonRowProps) {
  const { desk, list } = crowd;
  const person = useComputed(() => list.person(id)).value;
  const place = useComputed(() => list.handPlace(id)).value;
  const overPhone = useComputed(() => person !== undefined && list.isOverPhone(person)).value;
  const selected = useComputed(() => list.selected.value.has(id)).value;
  const renaming = useSignal(false);
  if (!person) return null;
  const { detailsOf } = words('console').room;
  const row = {
    person,
    place,
    overPhone,
    slot,
    selected,
    sound: true,
    details: { label: detailsOf(person.name), onOpen: () => (list.details.value = id) },
  };
  if (desk.watching) return <Person {...row} />;
  return (
    <Renamable
      {...row}
      desk={desk}
      room={list.room}
      renaming={renaming}
      lead={list.selecting.value ? <Box list={list} person={person} on={selected} /> : undefined}
      actions={<Actions {...crowd} person={person} onRename={() => (renaming.value = true)} />}
    />
  );
}

function Box(props: {
  readonly list: RoomList;
  readonly person: Participant;
  readonly on: boolean;
}) {
  const { list, person, on } = props;
  return (
    <span class="lamp lamp-box">
      <input
        type="checkbox"
        aria-label={words('console').room.selectWhom(person.name)}
        checked={on}
        onClick={(event) => list.select(person.id, event.shiftKey)}
      />
    </span>
  );
}

type ActionsProps = CrowdProps & {
  readonly person: Participant;
  readonly onRemove: (person: Participant) => void;
  readonly onRename: () => void;
};

/** Silence and the way out at hand; the rest in the menu. */
function Actions(props: ActionsProps) {
  const { desk, meeting, person } = props;
  return (
    <>
      <PersonMute
        desk={desk}
        room={meeting.id}
        person={person}
        unmuteOthers={meeting.unmuteOthers}
      />
      <span class="action-remove">
        <Button
          size="small"
          look="quiet"
          icon="remove"
          label={words('shared').inRoom.removeWhom(person.name)}
          waiting={desk.waits({ kind: 'remove', room: meeting.id, id: person.id })}
          onClick={() => props.onRemove(person)}
        />
      </span>
      <PersonMenu {...props} />
    </>
  );
}
