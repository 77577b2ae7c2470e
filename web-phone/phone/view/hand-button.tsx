import { handQueue } from '../../../protocol/room/rows.ts';
import type { Wish } from '../../feed/wish.ts';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import type { CallView } from './in-call.tsx';

/** Our hand: up or down, and the wish that a press is. Absent while we are in no room. */
export function ownHand({
  state,
  room,
  standing,
}: Pick<CallView, 'state' | 'room' | 'standing'>):
  { readonly place: number; readonly wish: Wish } | undefined {
  if (!room || standing.kind !== 'inside' || state.kind !== 'talking') return undefined;
  const { id, hand } = standing.row;
  const place = handQueue(room).findIndex((person) => person.id === id) + 1;
  return { place, wish: { kind: 'set-hand', room: state.ticket.meeting.id, id, hand: !hand } };
}

/** Raises and lowers one's hand; while it is up, says which place in the queue it has. */
export function HandButton(view: CallView) {
  const { attendance } = view.softphone;
  const say = words('call').hand;
  const hand = ownHand(view);
  const { place = 0 } = hand ?? {};
  const waits = hand !== undefined && attendance.waits(hand.wish);
  const label = place > 0 ? say.lower(place) : say.raise;
  return (
    <button
      type="button"
      class={`button button-plain button-normal button-bare hand${place > 0 ? ' hand-up' : ''}`}
      aria-label={label}
      title={label}
      aria-pressed={place > 0}
      aria-busy={waits || undefined}
      aria-disabled={waits || undefined}
      disabled={hand === undefined}
      onClick={() => {
        if (hand !== undefined && !waits) void attendance.wish(hand.wish);
      }}
    >
      <Icon name="hand" />
      {place > 0 && (
        <span class="state-mark" aria-hidden="true">
          {place}
        </span>
      )}
      {waits && <span class="button-spinner" aria-hidden="true" />}
    </button>
  );
}
