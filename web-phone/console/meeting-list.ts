import type { MeetingView } from '../../protocol/http/views.ts';
import type { Rooms } from '../../protocol/room/room.ts';

/** Live ones first, by people; then the open ones, newest first; the ended last. */
export function inOrder(meetings: Iterable<MeetingView>, rooms: Rooms): readonly MeetingView[] {
  const rank = (meeting: MeetingView) =>
    meeting.state === 'ended' ? 2 : peopleIn(meeting, rooms) > 0 ? 0 : 1;
  return [...meetings].sort(
    (a, b) =>
      rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt) || a.name.localeCompare(b.name),
  );
}

export function peopleIn(meeting: MeetingView, rooms: Rooms): number {
  return rooms.get(meeting.id)?.people.size ?? 0;
}
