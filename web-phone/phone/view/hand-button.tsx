import { handQueue } from '../../../protocol/room/rows.ts';
import type { Participant, Room, RoomId } from '../../../protocol/room/room.ts';
import type { Wish } from '../../feed/wish.ts';
import { Icon } from '../../style/icon.tsx';
import type { Attendance } from '../attendance.ts';
import type { CallView } from './in-call.tsx';

/** Raises and lowers one's hand; while it is up, says which place in the queue it has. */
export function HandButton({ softphone, state, room, standing }: CallView) {
  if (!room || standing.kind !== 'inside' || state.kind !== 'talking')
    return <Hand label="Raise your hand" place={0} />;
  const { id } = state.ticket.meeting;
  return <OwnHand attendance={softphone.attendance} meeting={id} room={room} row={standing.row} />;
}

function OwnHand(props: {
  readonly attendance: Attendance;
  readonly meeting: RoomId;
  readonly room: Room;
  readonly row: Participant;
}) {
  const { attendance, meeting, room, row } = props;
  const place = handQueue(room).findIndex(({ id }) => id === row.id) + 1;
  const wish: Wish = { kind: 'set-hand', room: meeting, id: row.id, hand: !row.hand };
  return (
    <Hand
      label={row.hand ? `Lower your hand, number ${place} in the queue` : 'Raise your hand'}
      place={place}
      waits={attendance.waits(wish)}
      onClick={() => void attendance.wish(wish)}
    />
  );
}

function Hand(props: {
  readonly label: string;
  /** In the queue; 0 while it is down. */
  readonly place: number;
  readonly waits?: boolean;
  readonly onClick?: () => void;
}) {
  const { label, place, waits = false, onClick } = props;
  const up = place > 0;
  return (
    <button
      type="button"
      class={`button button-plain button-normal button-bare hand${up ? ' hand-up' : ''}`}
      aria-label={label}
      title={label}
      aria-pressed={up}
      aria-busy={waits || undefined}
      aria-disabled={waits || undefined}
      disabled={onClick === undefined}
      onClick={() => {
        if (!waits) onClick?.();
      }}
    >
      <Icon name="hand" />
      {up && (
        <span class="state-mark" aria-hidden="true">
          {place}
        </span>
      )}
      {waits && <span class="button-spinner" aria-hidden="true" />}
    </button>
  );
}
