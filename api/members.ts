import type { Response } from 'express';
import type { Member } from '../meetings/rules/seats.ts';
import { seatOf } from '../meetings/rules/seats.ts';
import type { Meeting } from '../meetings/rules/meeting.ts';
import { isSeenBy } from '../meetings/rules/access.ts';
import type { Caller } from '../meetings/rules/access.ts';
import type { MeetingView } from '../protocol/http/views.ts';
import { callerOf } from './caller.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';

/** Refuses to name somebody whom nobody knows here. */
export async function checkMembers(
  { meetings }: ApiParts,
  members: readonly Member[] = [],
): Promise<void> {
  const found = await Promise.all(
    members.map(({ personId }) => meetings.people.known.get(personId)),
  );
  const at = found.indexOf(undefined);
  if (at < 0) return;
  throw refusal('bad-input', 'Nobody here has that id; GET /api/v1/people lists them.', {
    field: `members.${at}.personId`,
  });
}

/** Whose a meeting is that somebody makes; nobody's where a program or the administrator does. */
export function ownerOf(response: Response): { readonly owner?: string } {
  const caller = callerOf(response);
  return caller.kind === 'user' && caller.personId !== undefined ? { owner: caller.personId } : {};
}

/** Which meetings somebody sees in lists. */
export function seenIn(caller: Caller, meetings: readonly Meeting[]): readonly Meeting[] {
  if (caller.kind !== 'user') return meetings;
  const { personId } = caller;
  const seat = (meeting: Meeting) =>
    personId === undefined ? undefined : seatOf(meeting, personId);
  return meetings.filter((meeting) => isSeenBy(caller, seat(meeting)));
}

/** Observers listen to nothing: codes and links are left empty for them. */
export function shownTo(caller: Caller, view: MeetingView): MeetingView {
  if (caller.kind !== 'user' || caller.role !== 'observer') return view;
  return withoutWaysIn(view);
}

export function withoutWaysIn(view: MeetingView): MeetingView {
  return { ...view, codes: { join: '', moderator: '' }, joinUrl: '', moderatorUrl: '' };
}
