import type { MeetingBreakouts } from '../../../protocol/room/breakouts.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { peopleInside } from '../../../protocol/room/rows.ts';
import { breakoutOf } from '../../feed/breakouts.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import { TimeLeft } from '../../style/time-left.tsx';
import type { CallView } from './in-call.tsx';

/** Where we are while the meeting has breakout rooms, how long, and the ways that are open to us. */
export function Breakouts(view: CallView) {
  const { softphone, state, room, standing } = view;
  const { id } = state.ticket.meeting;
  const say = words('call').breakouts;
  const feed = softphone.attendance.feed.value;
  const set = feed.breakouts.get(id);
  if (set === undefined || standing.kind !== 'inside') return null;
  const here = breakoutOf(feed, id, room);
  const mayGo = set.self || state.grant?.role === 'moderator';
  if (here === undefined && !mayGo) return null;
  return (
    <section class="breakout-bar" aria-label={say.label}>
      <p class="breakout-where">
        <strong>{here ? say.here : say.open}</strong>
        {here && (
          <span class="soft">
            {say.of} <bdi>{state.ticket.meeting.name}</bdi>
          </span>
        )}
        {set.endsAtMs !== undefined && <TimeLeft untilMs={set.endsAtMs} />}
      </p>
      {mayGo && <Ways {...view} set={set} />}
    </section>
  );
}

/** Everywhere but where we are. */
function Ways(props: CallView & { readonly set: MeetingBreakouts }) {
  const { softphone, state, room, standing, set } = props;
  if (standing.kind !== 'inside') return null;
  const say = words('call').breakouts;
  const { attendance } = softphone;
  const { id: meeting } = state.ticket.meeting;
  const go = (to: RoomId): Wish => ({ kind: 'move', room: meeting, id: standing.row.id, to });
  const { rooms } = attendance.feed.value;
  const seesAll = state.grant?.role === 'moderator';
  const ways = [{ id: meeting, name: undefined }, ...set.rooms].filter(({ id }) => id !== room?.id);
  return (
    <div class="breakout-ways" role="group" aria-label={say.ways}>
      {ways.map(({ id, name }) => (
        <Button
          key={id}
          size="small"
          waiting={attendance.waits(go(id))}
          onClick={() => void attendance.wish(go(id))}
        >
          {name === undefined ? say.back : <bdi>{name}</bdi>}
          {seesAll &&
            name !== undefined &&
            ` · ${words('shared').counts.people(peopleInside(rooms.get(id)))}`}
        </Button>
      ))}
    </div>
  );
}
