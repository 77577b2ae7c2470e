import type { MeetingView } from '../../protocol/http/views.ts';
import { request } from '../feed/request.ts';
import { meetingPath } from '../feed/to-http.ts';
import { words } from '../words/words.ts';
import type { Console } from './console.ts';
import type { Leave } from './leaving.ts';

/** So long a slip can be taken back: the server cannot open an ended meeting again. */
const GRACE_MS = 5_000;

type At = Pick<MeetingView, 'id' | 'name'>;

/** Ends a meeting for everybody after a moment in which it can be undone; who leaves the page ends it at once. */
export function endSoon(desk: Console, { id, name }: At): void {
  const leave: Leave = {
    id: endingOf(id),
    text: words('console').room.endsSoon(name),
    graceMs: GRACE_MS,
    remove: () => desk.wish({ kind: 'end', room: id }),
  };
  desk.leaving.take(leave);
}

/** It is about to end; read while drawing. */
export function isEnding(desk: Console, id: MeetingView['id']): boolean {
  return desk.leaving.has(endingOf(id));
}

/** Deletes it at once; the server gives it back for an hour, this notice for as long as it stands. */
export async function deleteMeeting(desk: Console, meeting: At): Promise<void> {
  if (!(await desk.wish({ kind: 'delete', room: meeting.id }))) return;
  const { room } = words('console');
  desk.notices.done(room.meetingDeleted(meeting.name), () => void restoreMeeting(desk, meeting));
}

async function restoreMeeting(desk: Console, { id }: At): Promise<void> {
  const answer = await request<MeetingView>({ method: 'POST', path: meetingPath(id, '/restore') });
  if (!answer.ok) return desk.refused(answer.problem);
  desk.notices.done(words('console').room.meetingRestored(answer.value.name));
  desk.go({ kind: 'meeting', id });
}

function endingOf(id: string): string {
  return `end ${id}`;
}
