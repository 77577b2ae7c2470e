import type { MeetingView } from '../../protocol/http/views.ts';
import type { Rooms } from '../../protocol/room/room.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { lobbyOf } from '../feed/people.ts';

/** Live ones first; then the open ones, newest first; the ended last. */
export function inOrder(meetings: Iterable<MeetingView>, rooms: Rooms): readonly MeetingView[] {
  const rank = (meeting: MeetingView) =>
    meeting.state === 'ended'
      ? 2
      : peopleIn(meeting, rooms) + waitingIn(meeting, rooms) > 0
        ? 0
        : 1;
  return [...meetings].sort(
    (a, b) =>
      rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt) || a.name.localeCompare(b.name),
  );
}

export function peopleIn(meeting: MeetingView, rooms: Rooms): number {
  return peopleInside(rooms.get(meeting.id));
}

export function waitingIn(meeting: MeetingView, rooms: Rooms): number {
  return lobbyOf(rooms.get(meeting.id)).length;
}
